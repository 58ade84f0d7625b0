package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write to a store needs no key to put an open or an unsigned session where ours was. */
class PutInPlaceOfOursTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    @TempDir
    private Path root;

    private StandInRunner runner;
    private KeyPairs key;

    @BeforeEach
    void layOut() throws Exception {
        runner = new StandInRunner(root)
                .with("store", "folder:.sessions")
                .with("claude-home", root.resolve("github/home/.claude").toString());
        key = KeyPairs.age(root.resolve("key"));
        Stores.open("folder:" + runner.workspace.resolve(".sessions"), new StoreContext(Map.of(), root, Map.of()))
                .save(Bundles.of(new SessionId(ID)).under("branch-main").build(), Optional.empty());
    }

    private Path manifest() {
        return runner.workspace.resolve(".sessions/sessions/" + ID + "/manifest.json");
    }

    private void requireRefused(StandInRunner.Ended step) {
        assertThat(step.exitCode()).as(step.log()).isEqualTo(6);
        assertThat(step.log())
                .contains("it lies open, and sessions are sealed here")
                .contains("trust: any");
        assertThat(runner.home.resolve(".claude/projects")).doesNotExist();
    }

    @Test
    void anOpenSessionIsNotRestoredWhereTheWorkflowSeals() throws IOException {
        runner.with("encrypt-to", key.publicLine()).with("decrypt-key", key.privateText());
        requireRefused(runner.run());

        runner.nextJob();
        assertThat(runner.with("trust", "any").run().outputs()).containsEntry("restored", "true");
    }

    @Test
    void theHalfThatRestoresKnowsItByTheKey() throws IOException {
        requireRefused(runner.with("decrypt-key", key.privateText()).run("restore"));
    }

    @Test
    void anOpenSessionDoesNotBecomeAPartOfASealedOne() throws IOException {
        String before = Files.readString(manifest());
        Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace()).turn(ID, "ours", Instant.now());
        StandInRunner.Ended end = runner.with("encrypt-to", key.publicLine())
                .with("session-id", ID)
                .run("save");

        assertThat(end.exitCode()).as(end.log()).isEqualTo(6);
        assertThat(end.log()).contains("it lies open, and sessions are sealed here");
        assertThat(manifest()).hasContent(before);
    }

    @Test
    @Needs(Tool.SSH_KEYGEN)
    void anUnsignedSessionDoesNotBecomeAPartOfASignedOne() throws IOException {
        KeyPairs ours = KeyPairs.ssh("ed25519", root.resolve("ours"), "");
        String before = Files.readString(manifest());
        Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace()).turn(ID, "ours", Instant.now());
        StandInRunner.Ended end = runner.with("sign-key", ours.privateText())
                .with("trust", "signed")
                .with("allowed-signers", "us@example.com " + ours.publicLine())
                .with("session-id", ID)
                .run("save");

        assertThat(end.exitCode()).as(end.log()).isEqualTo(6);
        assertThat(end.log()).contains("it is not signed");
        assertThat(manifest()).hasContent(before);
    }
}
