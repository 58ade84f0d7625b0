package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagNameTest {
    private static final SessionId ID = Conversation.id(1);

    /** The scripts put a branch's name behind their prefix, as it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "feature/x",
                "fix#12",
                "renovate/@types/node",
                "c++",
                "übergröße",
                "日本語",
                "50%-off",
                "a+b=c,d;e'f\"g$h(i)!&<>|`",
                "v1.2.3-rc.1",
                "a%23b"
            })
    void isThatOfTheScripts(String branch) {
        assertThat(TagName.of(new Key("branch-" + branch)).text()).isEqualTo("claude-sessions-" + branch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a..b",
                "a~b",
                "a^b",
                "a:b",
                "a?b",
                "a*b",
                "a[b",
                "a\\b",
                "a@{b",
                "/a/",
                "a//b",
                "a.",
                "a.lock",
                "a.lock/b",
                "a/.b",
                "branch-.lock",
                "pr-12",
                "..",
                "@",
                "{"
            })
    void isOneThatGitTakes(String thread) {
        assertThat(Repository.isValidRefName("refs/tags/" + TagName.of(new Key(thread))))
                .isTrue();
    }

    @Test
    void isNoLongerThanAFilesName() {
        for (String letter : new String[] {"b", "ü", "日", "#"}) {
            String text = TagName.ofBranch(letter.repeat(400)).text();
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
            assertThat(text).doesNotContain("\uFFFD");
            assertThat(TagName.ofBranch(letter.repeat(401)).text()).isNotEqualTo(text);
        }
    }

    /** What was saved before under a name with %XX is found, and goes on under the scripts' name. */
    @ParameterizedTest
    @ValueSource(strings = {"fix#12", "c++", "übergröße", "renovate/@types/node"})
    void goesOnFromTheFormerName(String branch) throws IOException, StaleBase {
        Key key = new Key("branch-" + branch);
        try (ReleaseWorld world = new ReleaseWorld()) {
            world.store().save(Bundles.of(ID, 1).under(key.text()).build(), Optional.empty());
            Release former = world.repo.releases().values().iterator().next();
            former.change(GitHub.JSON
                    .createObjectNode()
                    .put("tag_name", TagName.allOf(key).getLast().text()));
            assertThat(former.tag()).contains("%");

            ReleaseStore store = world.store();
            StoredSession found = store.find(new Query.ByKey(key)).orElseThrow();
            assertThat(world.store().find(new Query.BySession(ID, Optional.of(key))))
                    .contains(found);
            StoredSession saved = store.save(
                            Bundles.of(ID, 2).under(key.text()).onto(found).build(), Optional.of(found))
                    .session();
            assertThat(former.assets()).isEmpty();
            assertThat(saved.ref().toString()).contains("@claude-sessions-" + branch + "/");
            assertThat(world.store().find(new Query.ByKey(key))).contains(saved);
            assertThat(world.store().find(new Query.ByRef(found.ref()))).contains(saved);
            assertThat(world.told).noneMatch(line -> line.startsWith("warning"));
            assertThat(world.standIn.ledger().errors()).isEmpty();
        }
    }
}
