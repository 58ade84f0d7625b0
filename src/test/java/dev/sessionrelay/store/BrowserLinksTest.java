package dev.sessionrelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrowserLinksTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @Test
    void leadsToTheBranchAndNamesTheCommitOfOneSave() {
        assertThat(links("git:octo/repo#session-relay/pr-12/" + ID).commit()).isEmpty();
        BrowserLinks links = links("git:octo/repo#session-relay/branch-a b/" + ID + "@" + COMMIT);
        assertThat(links.url()).isEqualTo("https://github.com/octo/repo/tree/session-relay/branch-a%20b");
        assertThat(links.branch()).isEqualTo("session-relay/branch-a b");
        assertThat(links.commit()).isEqualTo(COMMIT);
    }

    @Test
    void namesTheBranchOfARepositoryElsewhereWithoutALink() {
        BrowserLinks links = links("git:https://git.example/r.git#b/" + ID);
        assertThat(links.url()).isEmpty();
        assertThat(links.branch()).isEqualTo("b");
        assertThat(links.commit()).isEmpty();
    }

    @Test
    void leadsToGistsHereAndOnEnterpriseServers() {
        assertThat(links("gist:abc123").url()).isEqualTo("https://gist.github.com/abc123");
        assertThat(links("gist:abc123").gistId()).isEqualTo("abc123");
        assertThat(BrowserLinks.of(new Ref("gist", "abc123"), "https://ghe.example")
                        .url())
                .isEqualTo("https://ghe.example/gist/abc123");
    }

    @Test
    void leadsNowhereFromWhatItDoesNotKnow() {
        assertThat(links("folder:/x/" + ID)).isEqualTo(new BrowserLinks("", "", "", ""));
        assertThat(links("git:odd").url()).isEmpty();
        assertThat(links("gist:a/../b").url()).isEmpty();
        assertThat(links("release:octo/repo@tag/" + ID).url()).isEqualTo("https://github.com/octo/repo/releases");
    }

    private static BrowserLinks links(String ref) {
        return BrowserLinks.of(Ref.parse(ref), "https://github.com");
    }
}
