package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session with secrets in all places is saved, restored elsewhere without them, and resumed by the real CLI; and the
 * machine that it began on keeps its own and goes on with it.
 */
@Needs(Tool.CLAUDE_CLI)
class RedactedJourneyIT {
    private static final String TOKEN = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    private static final String FIRST = """
            zeta-prompt TOKEN @@[
              [{"thinking":"zeta-thought TOKEN"},
               {"text":"zeta-says TOKEN"},
               {"tool":"Bash","input":{"command":"echo zeta-out TOKEN","description":"prints"}}],
              {"tool":"Agent","input":{"description":"delegated","prompt":"TOKEN please MOCK#sub",
                                       "subagent_type":"general-purpose","run_in_background":false}},
              {"tool":"Bash","input":{"command":"seq 1 30000; echo TOKEN","description":"a large output"}},
              [{"thinking":"zeta-harmless"}, {"text":"zeta-answer"}]]@@
            """.replace("TOKEN", TOKEN);
    private static final String ELSEWHERE = """
            kappa-prompt @@[{"text":"kappa-answer"}]@@
            """;
    private static final String AT_HOME = """
            lambda-prompt @@[{"text":"lambda-answer"}]@@
            """;

    @TempDir
    private Path temp;

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versionsOldAndNew")
    void resumesWithoutItsSecrets(String version) throws Exception {
        var checks = new Checks(version + " redacted");
        try (var model = ModelServer.startStrict()) {
            var claude = new ClaudeCli(version, model);
            Machine laptop = Machine.in(temp, "laptop/home", "laptop/home/projects/zeta");
            Machine runner = Machine.in(temp, "runner/home", "runner/work/zeta/zeta");
            String store = "folder:" + temp.resolve("store");
            var laptopRelay = new Relay(laptop, store);
            var runnerRelay = new Relay(runner, store);
            String id = claude.begin(laptop, FIRST);

            Relay.Answer saved = laptopRelay.save("--key", "k");
            assertThat(saved.json().path("secrets").path("github-pat").asInt())
                    .as(checks.check("save tells how many secrets it found"))
                    .isGreaterThan(5);
            checks.nowhereIn(temp.resolve("store"), "no secret is in the store", TOKEN);

            runnerRelay.restore("--session-id", id);
            checks.nowhereIn(runner.home(), "no secret is on the other machine", TOKEN);
            claude.resume(runner, id, ELSEWHERE);
            ModelRequest sent = model.firstAfter("kappa-prompt");
            assertThat(model.refusals())
                    .as(checks.check("the model refuses nothing"))
                    .isEmpty();
            checks.remembers("the prompt, with a placeholder", sent.prompts(), "zeta-prompt [redacted:github-pat:");
            checks.remembers("what was said", sent.answers(), "zeta-says [redacted:github-pat:", "zeta-answer");
            checks.remembers("that there was a thought", sent.answers(), "[redacted:thinking:");
            checks.remembers("the thought without a secret", sent.thinking(), "zeta-harmless");
            checks.remembers("the tool's output", sent.toolOutputs(), "zeta-out [redacted:github-pat:");
            assertThat(sent.body().toString())
                    .as(checks.check("no secret goes to the model"))
                    .doesNotContain(TOKEN);
            runnerRelay.save("--key", "k");

            Relay.Answer back = laptopRelay.restore("--session-id", id);
            assertThat(back.outcome())
                    .as(checks.check("the original is continued"))
                    .isEqualTo("appended");
            assertThat(Files.readString(laptop.session(id).transcript()))
                    .as(checks.check("and keeps what it had"))
                    .contains("zeta-says " + TOKEN)
                    .contains("kappa-answer");
            claude.resume(laptop, id, AT_HOME);
            ModelRequest atHome = model.firstAfter("lambda-prompt");
            checks.remembers("at home: everything", atHome.answers(), "zeta-says " + TOKEN, "kappa-answer");
            checks.remembers("at home: the thought as it was", atHome.thinking(), "zeta-thought " + TOKEN);
            assertThat(laptopRelay.save("--key", "k").outcome())
                    .as(checks.check("and is saved again"))
                    .isEqualTo("saved");
            checks.nowhereIn(temp.resolve("store"), "still no secret in the store", TOKEN);
        }
        System.out.println(checks);
    }
}
