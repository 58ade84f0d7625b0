package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session that is sealed to a workflow's key of age and to its owner's key of SSH goes to the one and back to the
 * other; the real CLI goes on with all of it, and who has neither key gets nothing.
 */
@Needs({Tool.CLAUDE_CLI, Tool.SSH_KEYGEN})
class SealedJourneyIT {
    private static final String ELSEWHERE = """
            beta-prompt @@[{"text":"beta-answer"}]@@
            """;
    private static final String AT_HOME = """
            gamma-prompt @@[{"text":"gamma-answer"}]@@
            """;

    @TempDir
    private Path temp;

    private Path store;
    private KeyPairs workflows;
    private KeyPairs owners;

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versions")
    void opensToItsTwoKeysAndToNoOther(String version) throws Exception {
        var checks = new Checks(version + " sealed");
        try (var model = ModelServer.startStrict()) {
            var claude = new ClaudeCli(version, model);
            store = temp.resolve("store");
            Machine laptop = Machine.in(temp, "laptop/home", "laptop/home/projects/alpha");
            Machine runner = Machine.in(temp, "runner/home", "runner/work/alpha/alpha");
            Machine stranger = Machine.in(temp, "stranger/home", "stranger/work/alpha");
            workflows = KeyPairs.age(temp.resolve("workflow.key"));
            owners = usualKeyOf(laptop);
            usualKeyOf(stranger);
            String id = claude.begin(laptop, AllKinds.PROMPT);

            Relay.Answer saved = save(laptop);
            assertThat(saved.json().path("sealed_to").size())
                    .as(checks.check("it is sealed to both keys"))
                    .isEqualTo(2);
            checks.nowhereIn(
                    store,
                    "nothing of it can be read in the store",
                    "alpha-",
                    "MOCK#sub",
                    laptop.work().toString());
            Map<Path, byte[]> sealed = sealedFiles();
            assertThat(sealed).as(checks.check("but files of age")).isNotEmpty();

            Program.Ended refused = relay(stranger).attempt("restore", "--session-id", id);
            assertThat(refused.exit())
                    .as(checks.check("a wrong key ends with exit code 6"))
                    .isEqualTo(6);
            assertThat(Json.parse(refused.stdout()).path("error").asText())
                    .as(checks.check("and names the keys that open it"))
                    .contains("is sealed to", workflows.publicLine());
            assertThat(stranger.home().resolve(".claude"))
                    .as(checks.check("and leaves nothing placed"))
                    .doesNotExist();

            relay(runner)
                    .restore(
                            "--session-id",
                            id,
                            "--decrypt-key",
                            workflows.file().toString());
            claude.resume(runner, id, ELSEWHERE);
            AllKinds.areIn(model.firstAfter("beta-prompt"), "with the workflow's key", checks, claude);
            Relay.Answer again = save(runner, "--decrypt-key", workflows.file().toString());
            assertThat(again.outcome())
                    .as(checks.check("the continuation is saved"))
                    .isEqualTo("saved");
            assertThat(again.bytesWritten())
                    .as(checks.check("only the new part is sealed and written"))
                    .isBetween(1L, saved.bytesWritten() / 2);
            String kept = checks.check("the sealed files of before stay as they were");
            for (Map.Entry<Path, byte[]> earlier : sealed.entrySet()) {
                assertThat(earlier.getKey()).as(kept).hasBinaryContent(earlier.getValue());
            }
            checks.nowhereIn(
                    store,
                    "nor can what was added",
                    "alpha-",
                    "beta-",
                    runner.work().toString());

            assertThat(relay(laptop).restore("--session-id", id).outcome())
                    .as(checks.check("the owner's own key opens what the runner sealed"))
                    .isEqualTo("appended");
            claude.resume(laptop, id, AT_HOME);
            ModelRequest sent = model.firstAfter("gamma-prompt");
            AllKinds.areIn(sent, "with the owner's key", checks, claude);
            checks.remembers("with the owner's key: the runner's prompt", sent.prompts(), "beta-prompt");
            checks.remembers("with the owner's key: the runner's answer", sent.answers(), "beta-answer");
            assertThat(model.refusals())
                    .as(checks.check("no thinking block was altered"))
                    .isEmpty();
        }
        System.out.println(checks);
    }

    private static KeyPairs usualKeyOf(Machine machine) throws IOException {
        Path folder = Files.createDirectories(machine.home().resolve(".ssh"));
        return KeyPairs.ssh("ed25519", folder.resolve("id_ed25519"), "");
    }

    private Relay relay(Machine machine) {
        return new Relay(machine, "folder:" + store);
    }

    private Relay.Answer save(Machine machine, String... more) throws IOException, InterruptedException {
        String[] sealing = {
            "--key", "pr-12", "--encrypt-to", workflows.publicLine(), "--encrypt-to", owners.publicLine()
        };
        return relay(machine).save(Stream.of(sealing, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private Map<Path, byte[]> sealedFiles() throws IOException {
        try (Stream<Path> all = Files.walk(store)) {
            var files = all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".age"))
                    .toList();
            var sealed = new HashMap<Path, byte[]>();
            for (Path file : files) {
                sealed.put(file, Files.readAllBytes(file));
            }
            return sealed;
        }
    }
}
