package dev.sessionrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.git.checkout.Checkout;
import dev.sessionrelay.session.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a save learns from where it happens: the checkout, the usual key, the origin. */
class SurroundingsOfASaveTest {
    private Path folder;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        folder = Files.createDirectories(temp.resolve("project/deep/down"));
    }

    @Test
    void findsTheCheckoutAroundAFolder() throws IOException {
        Path root = folder.getParent().getParent();
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/feature/x\n");

        assertThat(Checkout.around(folder)).contains(new Checkout(root, Optional.of("feature/x")));
        assertThat(DefaultKey.of(folder, true).text()).isEqualTo("project/branch-feature/x");
        assertThat(DefaultKey.of(folder, false).text()).isEqualTo("branch-feature/x");
    }

    @Test
    void findsTheBranchOfAWorktree() throws IOException {
        Path git = Files.createDirectories(folder.resolveSibling("main/.git/worktrees/down"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/side\n");
        Files.writeString(folder.resolve(".git"), "gitdir: " + git + "\n");
        assertThat(Checkout.around(folder).flatMap(Checkout::branch)).contains("side");

        Files.writeString(folder.resolve(".git"), "gitdir: ../main/.git/worktrees/down\n");
        assertThat(Checkout.around(folder).flatMap(Checkout::branch)).contains("side");
    }

    @Test
    void namesTheFolderWhereThereIsNoBranch() throws IOException {
        assertThat(DefaultKey.of(folder, true).text()).isEqualTo("folder-down");
        Files.createDirectories(folder.resolve(".git"));
        assertThat(DefaultKey.of(folder, true).text()).isEqualTo("folder-down");
        Files.writeString(folder.resolve(".git/HEAD"), "7c53d351013c4308a7053cc3387680a27c53d351\n");
        assertThat(DefaultKey.of(folder, true).text()).isEqualTo("folder-down");
        assertThat(DefaultKey.of(Path.of("/"), true).text()).isEqualTo("folder-root");
    }

    @Test
    void saysWhichRunSavedOnARunnerOnly() {
        Map<String, String> run =
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_ACTOR", "octocat", "GITHUB_RUN_ID", "42", "GITHUB_SHA", " ");

        assertThat(RunOrigin.of(run, Instant.EPOCH, "1.0"))
                .isEqualTo(new Origin(Instant.EPOCH, "remote", "1.0", Map.of("actor", "octocat", "run_id", "42")));
        assertThat(RunOrigin.of(Map.of("GITHUB_ACTOR", "octocat"), Instant.EPOCH, "1.0"))
                .isEqualTo(new Origin(Instant.EPOCH, "local", "1.0", Map.of()));
    }
}
