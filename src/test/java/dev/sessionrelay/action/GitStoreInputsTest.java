package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workflow says of the git store reaches the branch. */
@Needs(Tool.GIT)
class GitStoreInputsTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    @TempDir
    private Path root;

    private StandInRunner runner;
    private GitCommand git;

    @BeforeEach
    void aRunnerAndARepository() throws IOException {
        Path repository = GitCommand.bare(root.resolve("sessions.git"));
        git = GitCommand.in(repository);
        runner = new StandInRunner(root).with("store", "git").with("repository", repository.toString());
    }

    private StandInRunner.Ended save(String prompt) throws IOException {
        runner.run();
        Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace()).turn(ID, prompt, Instant.now());
        StandInRunner.Ended end = runner.run();
        assertThat(end.outputs()).as(end.log()).containsEntry("saved", "true");
        return end;
    }

    @Test
    void layoutUserPathAndHistory() throws IOException {
        runner.with("layout", "session-branch")
                .with("user", "ann")
                .with("path", "talks/{session-id}")
                .with("history", "squash");
        save("one");
        save("two");

        String branch = "user-ann-session-" + ID;
        assertThat(git.run("branch", "--format=%(refname:short)").lines()).containsExactly(branch);
        assertThat(git.run("rev-list", "--count", branch).strip()).isEqualTo("1");
        assertThat(git.run("ls-tree", "--name-only", branch + ":talks/" + ID).lines())
                .contains("manifest.json");
    }

    @Test
    void branchAndBase() throws IOException {
        String empty = git.run("hash-object", "-t", "tree", "-w", "/dev/null").strip();
        String main = git.run("commit-tree", "-m", "code", empty).strip();
        git.run("update-ref", "refs/heads/main", main);
        runner.with("branch", "talks/{repo}/{key}").with("base", "default").with("key", "mine");

        StandInRunner.Ended end = save("one");

        String branch = end.outputs().get("branch");
        assertThat(branch).isEqualTo("talks/sessions/mine");
        assertThat(git.run("rev-parse", branch + "^").strip()).isEqualTo(main);
    }

    @Test
    void refusesAWordThatIsNone() throws IOException {
        StandInRunner.Ended end = runner.with("history", "all").run();

        assertThat(end.exitCode()).isNotZero();
        assertThat(end.log()).contains("history \"all\" is not known", "give keep or squash");
    }
}
