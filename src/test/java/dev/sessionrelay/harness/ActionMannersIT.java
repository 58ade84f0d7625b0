package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the action behaves where a job is hostile, poor, foreign or cut short. */
@Needs({Tool.DOCKER, Tool.BASE_IMAGES, Tool.ROOT})
class ActionMannersIT {
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
    void startsWhateverEarlierStepsExported() throws IOException {
        try (var job = runner.job(Event.push("main"))) {
            StepResult memory = job.step("memory")
                    .uses(".")
                    .with("store", STORE)
                    .env("JAVA_TOOL_OPTIONS", "-javaagent:/nope.jar")
                    .env("JDK_JAVA_OPTIONS", "-XX:+NoSuchFlag")
                    .env("_JAVA_OPTIONS", "-Xmx1k")
                    .env("JAVA_HOME", "/opt/hostedtoolcache/jdk")
                    .env("LC_ALL", "C")
                    .env("PATH", "")
                    .run();
            assertThat(memory.exit()).as(memory.told()).isZero();
            assertThat(memory.said()).doesNotContain("Picked up");
            assertThat(memory.output("restored")).isEqualTo("false");
        }
    }

    /** Whatever was said in a session, and whatever a key is made of: nothing of it becomes a command or an output. */
    @Test
    void saysNothingThatTheRunnerWouldObey() throws IOException {
        String evil = "::set-output name=claude-args::--dangerous\\n##[set-output name=key;]x\\n::stop-commands::x";
        try (var job = runner.job(Event.push("main"))) {
            job.step("memory").uses(".").with("store", STORE).run();
            ActedClaude.hears(job, ID, evil);
            assertHarmless(job.end().getFirst());
        }
        runner.forgetHome();
        try (var job = runner.job(Event.push("main"))) {
            StepResult memory = job.step("memory")
                    .uses(".")
                    .with("store", STORE)
                    .with("explain", "true")
                    .run();
            assertThat(memory.output("claude-args")).as(memory.told()).isEqualTo("--resume " + ID);
            assertHarmless(memory);
        }
    }

    @Test
    void refusesInputsThatAreMoreThanTheyShouldBe() throws IOException {
        List<Map.Entry<String, String>> inputs = List.of(
                Map.entry("key", "a\n::set-output name=claude-args::x\nghadelimiter_1\nrestored=true"),
                Map.entry("session-id", "../../etc/passwd"),
                Map.entry("session-id", "--help"),
                Map.entry("ref", "folder:/github/workspace/../../etc/x\nrestored=true"),
                Map.entry("mode", "relay<<EOF"),
                Map.entry("store", "folder:/etc"),
                Map.entry("claude-home", "/etc/\0nul".replace("\0", "\n")));
        for (Map.Entry<String, String> input : inputs) {
            try (var job = runner.job(Event.push("main"))) {
                Step step = job.step("memory").uses(".");
                if (!input.getKey().equals("store")) {
                    step.with("store", STORE);
                }
                StepResult memory = step.with(input.getKey(), input.getValue()).run();
                assertThat(memory.exit()).as("%s: %s", input, memory.told()).isIn(1, 2);
                assertHarmless(memory);
                assertThat(memory.log().commands("error")).as(memory.told()).hasSize(1);
                assertThat(memory.output("claude-args")).isEmpty();
            }
        }
    }

    /** It may neither write nor be trusted; its job goes on all the same. */
    @Test
    void savesNothingForThePullRequestOfAFork() throws IOException {
        try (var job = runner.job(Event.pullRequestFromFork(12))) {
            StepResult memory =
                    job.step("memory").uses(".").with("store", STORE).run();
            assertThat(memory.exit()).as(memory.told()).isZero();
            ActedClaude.hears(job, ID, "from afar");
            StepResult post = job.end().getFirst();
            assertThat(post.exit()).as(post.told()).isZero();
            assertThat(post.output("saved")).isEqualTo("false");
            assertThat(post.log().commands("warning"))
                    .extracting(CommandLog.Command::data)
                    .anyMatch(said -> said.contains("fork"));
            assertThat(runner.workspace().resolve(".sessions/sessions")).doesNotExist();
        }
    }

    @Test
    void saysThatNothingIsKeptInKubernetesMode() throws IOException {
        try (var job = runner.job(Event.push("main")).inKubernetes()) {
            StepResult memory =
                    job.step("memory").uses(".").with("store", STORE).run();
            assertThat(memory.exit()).as(memory.told()).isEqualTo(2);
            assertThat(memory.log().commands("error"))
                    .extracting(CommandLog.Command::data)
                    .anyMatch(said -> said.contains("Kubernetes"));
        }
    }

    /** As the runner cancels a job: the save under way is finished, or it has never been. */
    @Test
    void leavesTheStoreWholeWhenItIsCancelledWhileSaving() throws IOException {
        try (var job = runner.job(Event.push("main"))) {
            ActedClaude.hears(job, ID, "begun");
            assertThat(save(job).run().output("saved")).isEqualTo("true");
            Path transcript = runner.projects().resolve(runner.projectName() + "/" + ID + ".jsonl");
            grow(transcript, 120 << 20);
            List<Path> before = storeFiles();
            var saving = save(job).start();
            awaitChange(saving, before);
            StepResult cancelled = saving.cancel();
            assertThat(cancelled.took()).hasSeconds(0).describedAs(cancelled.told());
        }
        runner.forgetHome();
        try (var job = runner.job(Event.push("main"))) {
            StepResult restored =
                    job.step("memory").uses("./restore").with("store", STORE).run();
            assertThat(restored.output("restored")).as(restored.told()).isEqualTo("true");
            assertThat(Path.of(restored.output("session-file"))).content().contains("begun");
        }
    }

    private static Step save(RunnerJob job) throws IOException {
        return job.step("save").uses("./save").with("store", STORE).with("session-id", ID);
    }

    private static void grow(Path transcript, int bytes) throws IOException {
        String first = Files.readAllLines(transcript).getFirst();
        String uuid = first.replaceFirst(".*\"uuid\":\"([^\"]+)\".*", "$1");
        var lines = new StringBuilder();
        for (int i = 0; lines.length() < (1 << 20); i++) {
            lines.append(first.replace("begun", "x".repeat(8000))
                            .replace(uuid, "%08d".formatted(i) + uuid.substring(8)))
                    .append('\n');
        }
        for (int written = 0; written < bytes; written += lines.length()) {
            Files.writeString(transcript, lines, java.nio.file.StandardOpenOption.APPEND);
        }
    }

    private void awaitChange(Step.Running saving, List<Path> before) throws IOException {
        while (saving.isAlive() && storeFiles().equals(before)) {
            Thread.onSpinWait();
        }
    }

    private List<Path> storeFiles() throws IOException {
        try (Stream<Path> all = Files.walk(runner.workspace().resolve(".sessions"))) {
            return all.sorted().toList();
        } catch (java.io.UncheckedIOException e) {
            // A file that was there when its folder was read is gone: that, too, is a change.
            return List.of();
        }
    }

    private static void assertHarmless(StepResult result) {
        assertThat(result.log().commands())
                .extracting(CommandLog.Command::name)
                .as(result.told())
                .isSubsetOf("add-mask", "group", "endgroup", "notice", "warning", "error", "debug");
        assertThat(result.log().isListening()).as(result.told()).isTrue();
        assertThat(result.outputs().keySet()).as(result.told()).doesNotContain("x");
        assertThat(result.said().replace("::add-mask::" + RunnerJob.TOKEN, "")).doesNotContain(RunnerJob.TOKEN);
    }
}
