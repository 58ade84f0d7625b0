package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.git.Address;
import dev.sessionrelay.store.StoreContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write, made safe for git. */
class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "..",
                "a..b",
                ".a",
                "a.",
                "a.lock",
                "a.LOCK",
                "@{u}",
                "@",
                "HEAD",
                "-x",
                "a b",
                "~^:?*[\\",
                "\u0001",
                "caf\u00e9",
                "%2F",
                "%",
                "\uD83D\uDE00",
                "a//b"
            })
    void makesAnyTextABranchAndReadsItBack(String text) {
        String name = SafeName.of(text);

        assertThat(Repository.isValidRefName("refs/heads/" + name)).as(name).isTrue();
        assertThat(name).doesNotContain("/").doesNotStartWith("-");
        assertThat(SafeName.textOf(name)).isEqualTo(text);
    }

    @Test
    void neverMakesTwoTextsOne() {
        Set<String> names = new TreeSet<>();
        String[] texts = {"a/b", "a%2Fb", "a%252Fb", "a-b", "x".repeat(200), "x".repeat(201), "x".repeat(120)};
        for (String text : texts) {
            names.add(SafeName.of(text));
        }
        assertThat(names).hasSize(texts.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nonsense}", "a..b", "a//b", "x.lock", "a#b", "a b", "{key}/.."})
    void refusesTemplatesThatGitCannotTake(String text) {
        assertThatThrownBy(() -> Template.branch(text)).hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../{session-id}", ".git/{session-id}", "a//{session-id}", "./{session-id}"})
    void refusesPathsThatLeadElsewhere(String text) {
        assertThatThrownBy(() -> Template.path(text)).hasMessageContaining("is no path");
    }

    @ParameterizedTest
    @CsvSource({
        "owner/name, owner/name, https://github.com/owner/name.git",
        "https://github.com/owner/name, owner/name, https://github.com/owner/name.git",
        "https://github.com/owner/name.git/, owner/name, https://github.com/owner/name.git",
        "git@github.com:owner/name.git, owner/name, https://github.com/owner/name.git",
        "ssh://git@github.com/owner/name.git, owner/name, https://github.com/owner/name.git",
        "https://git.example.com:8443/a/b/c.git, https://git.example.com:8443/a/b/c.git,"
                + " https://git.example.com:8443/a/b/c.git",
        "git@git.example.com:a/b/c.git, https://git.example.com/a/b/c.git, https://git.example.com/a/b/c.git",
    })
    void knowsWhereARepositoryIs(String place, String shown, String url) {
        Address address = Address.parse(place, new StoreContext(Map.of(), Path.of("/tmp"), Map.of()));

        assertThat(address.shown()).isEqualTo(shown);
        assertThat(address.url()).hasToString("Optional[" + url + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/x.git, /srv/x.git",
        "./x.git, /tmp/x.git",
        "file:///srv/x%20y.git, /srv/x y.git",
        "x.git, /tmp/x.git"
    })
    void knowsFolders(String place, String folder) {
        Address address = Address.parse(place, new StoreContext(Map.of(), Path.of("/tmp"), Map.of()));

        assertThat(address.url()).isEmpty();
        assertThat(address.folder()).hasToString(folder);
    }

    @Test
    void usesATokenInAPastedUrlAndShowsItNowhere() {
        Address address = Address.parse(
                "https://x-access-token:s3cr3t@github.com/o/n.git",
                new StoreContext(Map.of(), Path.of("/tmp"), Map.of()));

        assertThat(address.token()).isPresent();
        assertThat(address.toString()).doesNotContain("s3cr3t");
    }
}
