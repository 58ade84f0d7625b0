package dev.sessionrelay.store.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that make releases, and people who press a button, beside our drafts. */
class TakenDraftsTest {
    private static final SessionId ID = Conversation.id(1);
    private static final Key MAIN = new Key("branch-main");

    private ReleaseWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ReleaseWorld();
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(world.standIn.ledger().errors()).isEmpty();
        world.close();
    }

    private SessionStore store() {
        return world.store();
    }

    private StoredSession save(int turns, Optional<StoredSession> base) throws IOException, StaleBase {
        Bundles bundles = Bundles.of(ID, turns).under(MAIN.text());
        base.ifPresent(bundles::onto);
        SessionStore store = store();
        // As every save does: it looks before.
        Optional<StoredSession> seen = store.find(new Query.BySession(ID, Optional.of(MAIN)));
        return store.save(bundles.build(), seen).session();
    }

    private Release only() {
        assertThat(world.repo.releases()).hasSize(1);
        return world.repo.releases().values().iterator().next();
    }

    /** Which draft Release Drafter 7.7.0 takes: the first that GitHub lists whose pre-release mark is as configured. */
    private Optional<Release> takenByReleaseDrafter(boolean prerelease) {
        return world.repo.releases().values().stream()
                .sorted(Comparator.comparingLong(Release::id).reversed())
                .filter(Release::isDraft)
                .filter(release -> release.isPrerelease() == prerelease)
                .findFirst();
    }

    private static ObjectNode itsUpdate(boolean publish) {
        return GitHub.JSON
                .createObjectNode()
                .put("tag_name", "v0.0.1")
                .put("name", "v0.0.1")
                .put("body", "## Changes\n")
                .put("draft", !publish);
    }

    @Test
    void noToolTakesOurDraftForItsOwn() throws IOException, StaleBase {
        save(1, Optional.empty());
        assertThat(takenByReleaseDrafter(false)).isEmpty();
    }

    @Test
    void marksADraftThatWasMadeWithoutThat() throws IOException, StaleBase {
        Release made = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        assertThat(takenByReleaseDrafter(false)).contains(made);
        save(1, Optional.empty());
        assertThat(takenByReleaseDrafter(false)).isEmpty();
        assertThat(made.title()).startsWith("Do not publish");
        assertThat(made.isDraft()).isTrue();
        assertThat(made.tag()).isEqualTo("claude-sessions-main");
        long changes = world.standIn.ledger().count("PATCH", ".*/releases/" + made.id());
        save(2, Optional.empty());
        assertThat(world.standIn.ledger().count("PATCH", ".*/releases/" + made.id()))
                .isEqualTo(changes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsASessionWhateverItsDraftIsCalled(boolean publish) throws IOException, StaleBase {
        StoredSession stored = save(1, Optional.empty());
        Release taken = takenByReleaseDrafter(true).orElseThrow();
        taken.change(itsUpdate(publish));

        List<Query> queries = List.of(
                new Query.ByKey(MAIN),
                new Query.ByRef(stored.ref()),
                new Query.BySession(ID, Optional.of(MAIN)),
                new Query.BySession(ID, Optional.empty()));
        for (Query query : queries) {
            SessionStore store = store();
            StoredSession found = store.find(query).orElseThrow();
            assertThat(found.ref()).isEqualTo(stored.ref());
            Verification.verify(store.load(found), "the test");
        }
        assertThat(store().find(new Query.ByKey(new Key("branch-other")))).isEmpty();
        assertThat(store().list().sessions()).hasSize(1);
    }

    @Test
    void takesASessionOutOfADraftThatATookToolForItsOwn() throws IOException, StaleBase {
        save(1, Optional.empty());
        Release taken = only();
        taken.change(itsUpdate(false));
        world.standIn.hub().asset(taken, "program.zip", "", new byte[] {1});

        StoredSession again = save(2, Optional.empty());
        assertThat(again.ref()).hasToString("release:octocat/hello@claude-sessions-main/" + ID);
        assertThat(taken.assets().values())
                .singleElement()
                .satisfies(left -> assertThat(left.name()).isEqualTo("program.zip"));
        assertThat(world.repo.releases()).hasSize(2);
        assertThat(takenByReleaseDrafter(true).orElseThrow().tag()).isEqualTo("claude-sessions-main");
        assertThat(store().find(new Query.ByKey(MAIN))).contains(again);
        assertThat(world.told)
                .anyMatch(line -> line.startsWith("warning: somebody, or a tool that makes releases, renamed"));
        save(3, Optional.empty());
        assertThat(world.repo.releases()).hasSize(2);
    }

    @Test
    void reportsAPublishedSessionWithTheCommandThatTakesItDown() throws IOException, StaleBase {
        save(1, Optional.empty());
        Release taken = only();
        taken.change(itsUpdate(true));
        int assets = taken.assets().size();

        store().find(new Query.ByKey(MAIN));
        assertThat(world.told)
                .anyMatch(line -> line.startsWith("warning: session " + ID + " lies open in the release v0.0.1")
                        && line.contains("PUBLISHED")
                        && line.contains("gh release delete-asset v0.0.1 claude-session-" + ID
                                + ".tar.gz --yes --repo octocat/hello"));
        save(2, Optional.empty());
        assertThat(taken.assets()).as("what is published is left to people").hasSize(assets);
        assertThat(takenByReleaseDrafter(true)).isPresent();

        world.told.clear();
        store().find(new Query.ByKey(MAIN));
        assertThat(world.told).noneMatch(line -> line.contains("PUBLISHED"));
    }

    @Test
    void reportsADraftOnWhichSomebodyPressedPublish() throws IOException, StaleBase {
        save(1, Optional.empty());
        only().publish();
        assertThat(store().list().sessions()).hasSize(1);
        assertThat(world.told)
                .anyMatch(line -> line.contains("gh release edit claude-sessions-main --draft --repo octocat/hello"));
        world.told.clear();
        world.store(world.repo, true).find(new Query.ByKey(MAIN));
        assertThat(world.told).isEmpty();
    }

    @Test
    void deletesASessionFromARenamedDraft() throws IOException, StaleBase {
        save(1, Optional.empty());
        Release taken = only();
        taken.change(itsUpdate(false));
        world.standIn.hub().asset(taken, "program.zip", "", new byte[] {1});
        SessionStore store = store();
        store.delete(store.find(new Query.ByKey(MAIN)).orElseThrow());
        assertThat(taken.assets()).hasSize(1);
        assertThat(store().find(new Query.ByKey(MAIN))).isEmpty();
    }

    @Test
    void findsWhatTheScriptsSavedInARenamedDraft() throws Exception {
        Release taken = world.standIn.hub().release(world.repo, "v0.0.1", true);
        String name = "claude-session-" + ID + ".tar.gz";
        StoredSession saved = save(1, Optional.empty());
        Release own = world.repo.releases().values().stream()
                .filter(release -> release.asset(name).isPresent())
                .findFirst()
                .orElseThrow();
        world.standIn.hub().clobber(taken, name, own.asset(name).orElseThrow().bytes());
        world.standIn
                .hub()
                .clobber(
                        taken,
                        "claude-session-metadata-" + ID + ".json",
                        "{\"gitBranch\":\"topic\",\"timestamp\":\"2026-11-20T10:00:00Z\"}".getBytes(UTF_8));
        assertThat(store().find(new Query.ByKey(MAIN))).contains(saved);
        assertThat(store().find(new Query.ByKey(new Key("branch-topic")))
                        .orElseThrow()
                        .manifest()
                        .sessionId())
                .isEqualTo(ID);
    }
}
