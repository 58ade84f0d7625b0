package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GhCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's own command line sees our drafts as it sees those that it made, and we see those that it made. */
@Needs(Tool.GH)
class GhIT {
    private static final SessionId ID = Conversation.id(1);
    private static final Query MAIN = new Query.ByKey(new Key("branch-main"));
    private static final String ARCHIVE = "claude-session-" + ID + ".tar.gz";
    private static final String TAG = "claude-sessions-main";

    @TempDir
    private Path folder;

    private StandIn standIn;
    private Repo repo;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.startNamed();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("gho_mine", new Grant.Classic(Set.of("repo")));
    }

    @AfterEach
    void stop() {
        assertThat(standIn.ledger().errors()).noneMatch(error -> error.contains("a token went"));
        standIn.close();
    }

    private SessionStore store() {
        return Stores.open(
                "release:octocat/hello",
                new StoreContext(Map.of("GITHUB_API_URL", standIn.direct(), "GH_TOKEN", "gho_mine"), folder, Map.of()));
    }

    private String gh(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--repo", "octocat/hello"));
        return new GhCommand(folder, standIn.proxy(), "gho_mine").run(command.toArray(String[]::new));
    }

    /** In the folder where {@code gh} works. */
    private void tar(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        OutsideCommand.make(command.toArray(String[]::new));
    }

    private void save(int turns) throws IOException, StaleBase {
        SessionStore store = store();
        Optional<StoredSession> base = store.find(MAIN);
        Bundles bundles = Bundles.of(ID, turns).under("branch-main");
        base.ifPresent(bundles::onto);
        store.save(bundles.build(), base);
    }

    @Test
    void ghViewsAndDownloadsWhatWeSaved() throws Exception {
        save(1);
        save(2);

        JsonNode view = new ObjectMapper().readTree(gh("release", "view", TAG, "--json", "isDraft,name,body,assets"));
        assertThat(view.path("isDraft").asBoolean()).isTrue();
        assertThat(view.path("name").asText()).isEqualTo("Do not publish: Claude Session for main");
        assertThat(view.path("body").asText()).contains("Session ID: " + ID);
        assertThat(view.path("assets").findValuesAsText("name"))
                .contains(ARCHIVE, "claude-session-metadata-" + ID + ".json");

        // As the restore script does: by the pattern, and unpacked in the project's folder.
        gh("release", "download", TAG, "--pattern", "*.tar.gz");
        tar("-xzf", folder.resolve(ARCHIVE).toString());
        assertThat(folder.resolve(ID + ".jsonl"))
                .hasBinaryContent(BytesPayload.read(Bundles.of(ID, 2).build().transcript()));
    }

    @Test
    void weRestoreAndGoOnWithWhatGhUploaded() throws Exception {
        byte[] transcript = BytesPayload.read(Bundles.of(ID, 1).build().transcript());
        Files.write(folder.resolve(ID + ".jsonl"), transcript);
        tar("-czf", folder.resolve(ARCHIVE).toString(), ID + ".jsonl");
        gh("release", "create", TAG, "--draft", "--title", "Claude Session for main", "--notes", "by hand", ARCHIVE);

        StoredSession found = store().find(MAIN).orElseThrow();
        assertThat(BytesPayload.read(store().load(found).transcript())).isEqualTo(transcript);
        save(2);
        assertThat(repo.releases()).hasSize(1);

        Files.write(
                folder.resolve(ID + ".jsonl"),
                BytesPayload.read(Bundles.of(ID, 3).build().transcript()));
        tar("-czf", folder.resolve(ARCHIVE).toString(), ID + ".jsonl");
        gh("release", "upload", TAG, "--clobber", ARCHIVE);
        assertThat(store().find(MAIN).orElseThrow().manifest().facts().turns()).isEqualTo(3);
    }
}
