package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitHubEmulator;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we ask of releases, asked of a stand-in that nobody here wrote. It keeps no bytes of an asset, so that one store
 * saves, remembers and deletes.
 */
@Needs(Tool.GITHUB_EMULATOR)
class EmulatorIT {
    private static final SessionId ID = Conversation.id(1);
    private static final Query BY_ID = new Query.BySession(ID, Optional.of(new Key("branch-feature/x")));

    @TempDir
    private Path folder;

    @Test
    void savesReplacesFindsAndDeletes() throws Exception {
        try (GitHubEmulator emulator = GitHubEmulator.start(folder);
                GitHub github =
                        GitHub.connect(emulator.environment(), Credentials.of(emulator.environment()), line -> {})) {
            ReleaseStore store = new ReleaseStore(github, new RepositoryName("octocat", "hello"), false, line -> {});
            StoredSession first =
                    store.save(turns(1).build(), store.find(BY_ID)).session();
            StoredSession second =
                    store.save(turns(2).onto(first).build(), store.find(BY_ID)).session();

            JsonNode draft = draft(github);
            assertThat(draft.path("draft").asBoolean()).isTrue();
            assertThat(draft.path("tag_name").asText()).isEqualTo("claude-sessions-feature/x");
            List<JsonNode> assets = github.list(
                    "/repos/octocat/hello/releases/" + draft.path("id").asLong() + "/assets?per_page=100",
                    "list assets",
                    Permission.CONTENTS_READ);
            assertThat(assets)
                    .extracting(asset -> asset.path("name").asText())
                    .contains("claude-session-" + ID + ".tar.gz", "claude-session-metadata-" + ID + ".json")
                    .filteredOn(name -> name.startsWith("claude-session-"))
                    .hasSize(2);
            assertThat(assets).allMatch(asset -> asset.path("size").asLong() > 0);
            assertThat(store.find(BY_ID)).contains(second);
            assertThat(store.list().sessions()).containsExactly(second);

            store.delete(second);
            assertThat(store.find(BY_ID)).isEmpty();
        }
    }

    private static Bundles turns(int turns) throws Exception {
        return Bundles.of(ID, turns).under("branch-feature/x");
    }

    private static JsonNode draft(GitHub github) {
        List<JsonNode> releases =
                github.list("/repos/octocat/hello/releases?per_page=100", "list releases", Permission.CONTENTS_READ);
        assertThat(releases).hasSize(1);
        return releases.getFirst();
    }
}
