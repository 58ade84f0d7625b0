package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The action in jobs, in every way that it reaches the home of the job's Claude Code. */
@Needs({Tool.DOCKER, Tool.BASE_IMAGES, Tool.ROOT})
class ActionIT {
    private static final String ID = "7c53d351-013c-4308-a705-3cc3387680a2";
    private static final String STORE = "folder:/github/workspace/.sessions";

    private Runner runner;

    @BeforeEach
    void startRunner() throws IOException {
        runner = Runner.standIn();
    }

    @AfterEach
    void stopRunner() throws IOException {
        runner.close();
    }

    @Test
    void relaysThroughTheRunnersOwnHome() throws IOException {
        try (var job = runner.job(Event.pullRequest(12))) {
            StepResult memory =
                    job.step("memory").uses(".").with("store", STORE).run();
            assertThat(memory.exit()).as(memory.told()).isZero();
            assertThat(memory.output("restored")).isEqualTo("false");
            assertThat(memory.output("claude-args")).isEmpty();
            assertThat(memory.output("key")).isEqualTo("pr-12");
            assertThat(memory.env()).containsEntry("SESSION_RESTORED", "false").doesNotContainKey("CLAUDE_CONFIG_DIR");
            ActedClaude.hears(job, ID, "first job" + " and more".repeat(2000));
            StepResult post = job.end().getFirst();
            assertThat(post.output("saved")).as(post.told()).isEqualTo("true");
            assertThat(post.output("session-id")).isEqualTo(ID);
        }
        runner.forgetHome();
        try (var job = runner.job(Event.pullRequestComment(12))) {
            StepResult memory =
                    job.step("memory").uses(".").with("store", STORE).run();
            assertThat(memory.output("restored")).as(memory.told()).isEqualTo("true");
            assertThat(memory.output("claude-args")).isEqualTo("--resume " + ID);
            assertThat(memory.env()).containsEntry("SESSION_ID", ID).containsEntry("SESSION_RESTORED", "true");
            Path file = runner.projects().resolve(runner.projectName() + "/" + ID + ".jsonl");
            assertThat(memory.output("session-file")).isEqualTo(file.toString());
            assertBelongsToTheUser(file);
            assertThat(memory.summary()).contains("pr-12");

            ActedClaude.hears(job, ID, "second job");
            assertThat(file).content().contains("first job", "second job");
            StepResult post = job.end().getFirst();
            assertThat(post.output("saved")).as(post.told()).isEqualTo("true");
            assertThat(Long.parseLong(post.output("bytes-sent"))).isLessThan(Long.parseLong(post.output("bytes")));
        }
        assertNothingOfRootsIsLeft();
    }

    @Test
    void usesTheFolderThatAnInputNames() throws IOException {
        String home = "${{ github.workspace }}/.claude-here";
        assertRelays(
                job -> job.env("CLAUDE_CONFIG_DIR", runner.workspace() + "/.claude-here"),
                step -> step.with("claude-home", home),
                runner.workspace().resolve(".claude-here/projects"));
    }

    @Test
    void usesTheFolderThatTheJobsEnvironmentNames() throws IOException {
        assertRelays(
                job -> job.env("CLAUDE_CONFIG_DIR", runner.home() + "/elsewhere"),
                step -> step,
                runner.home().resolve("elsewhere/projects"));
    }

    @Test
    void usesTheHomeOfTheJobsContainer() throws IOException {
        String base = "debian:bookworm-slim";
        try (var job = runner.job(Event.push("main")).inContainer(base)) {
            job.step("memory").uses(".").with("store", STORE).run();
            ActedClaude.hears(job, ID, "first job");
            assertThat(runner.githubHome().resolve(".claude/projects/---w-my-repo-x-my-repo-x/" + ID + ".jsonl"))
                    .exists();
            StepResult post = job.end().getFirst();
            assertThat(post.output("saved")).as(post.told()).isEqualTo("true");
        }
        try (var job = runner.job(Event.push("main")).inContainer(base)) {
            StepResult memory =
                    job.step("memory").uses(".").with("store", STORE).run();
            assertThat(memory.output("claude-args")).as(memory.told()).isEqualTo("--resume " + ID);
            assertThat(memory.output("session-file"))
                    .isEqualTo("/github/home/.claude/projects/---w-my-repo-x-my-repo-x/" + ID + ".jsonl");
            StepResult look = job.step("look")
                    .shell("cat '" + memory.output("session-file") + "'")
                    .run();
            assertThat(look.said()).contains("first job");
        }
    }

    @Test
    void sendsClaudeToTheSharedHomeWhereTheEngineIsOutOfReach() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (var job = runner.job(Event.push("main")).withoutEngine()) {
                StepResult memory =
                        job.step("memory").uses(".").with("store", STORE).run();
                assertThat(memory.env())
                        .as(memory.told())
                        .containsEntry("CLAUDE_CONFIG_DIR", runner.githubHome() + "/.claude");
                assertThat(memory.log().commands("notice")).isNotEmpty();
                assertThat(memory.output("restored")).isEqualTo(String.valueOf(i == 1));
                ActedClaude.hears(job, ID, "job " + i);
                if (i == 1) {
                    Path file = Path.of(memory.output("session-file"));
                    assertThat(file).content().contains("job 0", "job 1");
                    assertBelongsToTheUser(file);
                }
                assertThat(job.end().getFirst().output("saved")).isEqualTo("true");
            }
        }
    }

    @Test
    void savesAndRestoresInHalves() throws IOException {
        try (var job = runner.job(Event.dispatch("topic", java.util.Map.of()))) {
            ActedClaude.hears(job, ID, "once");
            StepResult saved = job.step("save")
                    .uses("./save")
                    .with("store", STORE)
                    .with("session-id", "${{ steps.claude.outputs.session_id }}")
                    .run();
            assertThat(saved.output("saved")).as(saved.told()).isEqualTo("true");
            assertThat(saved.output("key")).isEqualTo("branch-topic");
            assertThat(job.end()).isEmpty();
        }
        runner.forgetHome();
        try (var job = runner.job(Event.push("other"))) {
            StepResult restored = job.step("restore")
                    .uses("./restore")
                    .with("store", STORE)
                    .with("restore-keys", "nothing-\nbranch-")
                    .run();
            assertThat(restored.output("session-id")).as(restored.told()).isEqualTo(ID);
            assertThat(restored.output("matched-key")).isEqualTo("branch-topic");
            assertThat(job.end()).isEmpty();
        }
    }

    /** The relay comes first and names the id that a later step puts out: it is read again at the job's end. */
    @Test
    void readsItsInputsAgainAtTheJobsEnd() throws IOException {
        String another = "00000000-0000-4000-8000-000000000001";
        try (var job = runner.job(Event.push("main"))) {
            job.step("memory")
                    .uses(".")
                    .with("store", STORE)
                    .with("session-id", "${{ steps.claude.outputs.session_id }}")
                    .run();
            ActedClaude.hears(job, ID, "this one");
            ActedClaude.hears(job, another, "not this one, though it is newer");
            StepResult post = job.end().getFirst();
            assertThat(post.output("session-id")).as(post.told()).isEqualTo(ID);
        }
    }

    private interface Sets<T> {
        T on(T it) throws IOException;
    }

    private void assertRelays(Sets<RunnerJob> onJob, Sets<Step> onStep, Path projects) throws IOException {
        for (int i = 0; i < 2; i++) {
            try (var job = onJob.on(runner.job(Event.push("main")))) {
                StepResult memory = onStep.on(job.step("memory").uses(".").with("store", STORE))
                        .run();
                assertThat(memory.output("restored")).as(memory.told()).isEqualTo(String.valueOf(i == 1));
                ActedClaude.hears(job, ID, "job " + i);
                Path file = projects.resolve(runner.projectName() + "/" + ID + ".jsonl");
                if (i == 1) {
                    assertThat(file).content().contains("job 0", "job 1");
                    assertBelongsToTheUser(file);
                }
                StepResult post = job.end().getFirst();
                assertThat(post.output("saved")).as(post.told()).isEqualTo("true");
                Files.delete(file);
            }
        }
        assertNothingOfRootsIsLeft();
    }

    private void assertBelongsToTheUser(Path file) throws IOException {
        assertThat(runner.user().owns(file))
                .as("%s belongs to the runner's user", file)
                .isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Path folder = file.getParent(); !folder.equals(runner.home()); folder = folder.getParent()) {
            assertThat(runner.user().owns(folder))
                    .as("%s belongs to the runner's user", folder)
                    .isTrue();
        }
    }

    /** Else a self-hosted runner could not clean up. */
    private void assertNothingOfRootsIsLeft() throws IOException {
        try (var all = Files.walk(runner.home())) {
            for (Path path : all.toList()) {
                assertThat(runner.user().owns(path))
                        .as("%s belongs to the runner's user", path)
                        .isTrue();
            }
        }
    }
}
