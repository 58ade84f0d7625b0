package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.harness.Event;
import dev.sessionrelay.harness.Runner;
import dev.sessionrelay.harness.RunnerJob;
import dev.sessionrelay.harness.StepResult;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the action is for, with the real Claude Code as the runner's user: a job, and the next job on another machine,
 * whose {@code claude} goes on with the first one's conversation.
 */
@Needs({Tool.CLAUDE_CLI, Tool.DOCKER, Tool.BASE_IMAGES, Tool.ROOT})
class ActionJourneyIT {
    private static final String STORE = "folder:/github/workspace/.sessions";

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versions")
    void theNextJobGoesOnWithTheConversation(String version) throws IOException {
        try (var model = ModelServer.startStrict();
                var runner = Runner.standIn()) {
            try (var job = runner.job(Event.pullRequest(12))) {
                job.step("memory").uses(".").with("store", STORE).run();
                claude(job, version, model, "Remember the word heron. @@[{\"text\":\"It is heron.\"}]@@");
                StepResult saved = job.end().getFirst();
                assertThat(saved.output("saved")).as(saved.told()).isEqualTo("true");
            }
            runner.forgetHome();
            try (var job = runner.job(Event.pullRequestComment(12))) {
                StepResult memory =
                        job.step("memory").uses(".").with("store", STORE).run();
                assertThat(memory.output("restored")).as(memory.told()).isEqualTo("true");
                claude(job, version, model, "Which word was it? @@[{\"text\":\"The word was heron.\"}]@@");

                assertThat(model.firstAfter("Which word was it?").body().toString())
                        .as("what the second job's claude sent to the model")
                        .contains("Remember the word heron.", "It is heron.");
                Path file = Path.of(memory.output("session-file"));
                assertThat(Files.readString(file))
                        .as("the session's file after the second job's turn")
                        .contains("Remember the word heron.", "Which word was it?", "The word was heron.");
                StepResult saved = job.end().getFirst();
                assertThat(saved.output("saved")).as(saved.told()).isEqualTo("true");
                assertThat(saved.output("session-id")).isEqualTo(memory.output("session-id"));
            }
            assertThat(model.refusals()).isEmpty();
        }
    }

    /** As a workflow would, with what the relay put out. */
    private static void claude(RunnerJob job, String version, ModelServer model, String prompt) throws IOException {
        var cli = new ClaudeCli(version, model);
        var step = job.step("claude");
        cli.environment(job.runner().home()).forEach((name, value) -> {
            if (!name.equals("HOME") && !name.equals("PATH")) {
                step.env(name, value);
            }
        });
        StepResult answered = step.env("CLAUDE", ClaudeCli.executable(version).toString())
                .env("PROMPT", prompt)
                .shell(
                        "\"$CLAUDE\" ${{ steps.memory.outputs.claude-args }} --dangerously-skip-permissions -p \"$PROMPT\"")
                .run();
        assertThat(answered.exit()).as(answered.told()).isZero();
    }
}
