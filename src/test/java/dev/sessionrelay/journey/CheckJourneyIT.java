package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code check} says of a session is what the real CLI then does with it; or, in versions that do otherwise, what
 * the reason says of them.
 */
@Needs(Tool.CLAUDE_CLI)
class CheckJourneyIT {
    private static final String FIRST = """
            alpha-prompt @@[
              [{"thinking":"alpha-thought"},
               {"tool":"Bash","input":{"command":"echo alpha-$((6*7))","description":"work"}}],
              {"text":"alpha-answer"}]@@
            """;
    private static final String SECOND = """
            beta-prompt @@[{"text":"beta-answer"}]@@
            """;
    private static final String AFTERWARDS = """
            NAME-prompt @@[{"text":"heard"}]@@
            """;
    private static final List<String> SAID =
            List.of("alpha-prompt", "alpha-42", "alpha-answer", "beta-prompt", "beta-answer");

    @TempDir
    private Path temp;

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versions")
    void saysWhatTheCliWillDo(String version) throws Exception {
        var checks = new Checks(version + " checked");
        try (var model = ModelServer.startStrict()) {
            var claude = new ClaudeCli(version, model);
            Machine machine = Machine.in(temp, "home", "work");
            String id = claude.begin(machine, FIRST);
            claude.resume(machine, id, SECOND);
            Path transcript = machine.session(id).transcript();
            String whole = Files.readString(transcript);
            for (Damage damage : Damage.all()) {
                Files.writeString(transcript, damage.doneTo(whole));
                JsonNode report = report(machine, transcript);
                assertThat(report.path("resumes").asBoolean())
                        .as(checks.check(damage.name() + ": the verdict"))
                        .isEqualTo(damage.resumes());
                assertThat(words(report))
                        .as(checks.check(damage.name() + ": the reason"))
                        .contains(damage.told());
                boolean exits = goOn(claude, machine, id, damage.name().replace(' ', '-'))
                                .exit()
                        == 0;
                assertThat(exits && remembersAll(model.lastConversation(), damage))
                        .as(checks.check(damage.name() + ": the CLI goes on with all that is left"))
                        .isEqualTo(damage.isOutlivedBy(claude));
            }

            Files.writeString(transcript, whole);
            Machine elsewhere = new Machine(machine.home(), Files.createDirectories(temp.resolve("elsewhere")));
            assertThat(words(report(elsewhere, transcript)))
                    .as(checks.check("in another folder: the remark"))
                    .contains("a claude that is started here finds it from 2.1.223 on");
            assertThat(goOn(claude, elsewhere, id, "elsewhere").exit() == 0)
                    .as(checks.check("in another folder: the CLI finds it"))
                    .isEqualTo(claude.findsFromAnywhere());
        }
        System.out.println(checks);
    }

    private JsonNode report(Machine machine, Path transcript) throws IOException, InterruptedException {
        var relay = new Relay(machine, "folder:" + temp.resolve("store"));
        return Json.parse(relay.attempt("check", transcript.toString()).stdout());
    }

    private static String words(JsonNode report) {
        return String.join("; ", report.path("findings").findValuesAsText("words"));
    }

    private static Program.Ended goOn(ClaudeCli claude, Machine machine, String id, String name)
            throws IOException, InterruptedException {
        return claude.attempt(machine, List.of("--resume", id), AFTERWARDS.replace("NAME", name));
    }

    private static boolean remembersAll(ModelRequest sent, Damage damage) {
        var remembered = List.of(sent.prompts(), sent.toolOutputs(), sent.answers()).stream()
                .flatMap(List::stream)
                .toList();
        return SAID.stream()
                .filter(damage::leaves)
                .allMatch(fact -> remembered.stream().anyMatch(text -> text.startsWith(fact)));
    }
}
