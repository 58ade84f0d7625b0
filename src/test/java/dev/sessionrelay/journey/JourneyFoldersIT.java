package dev.sessionrelay.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The CLI names a project's folder after the path that it works in, and its versions to 2.1.220 look for a session
 * nowhere else: whatever the target folder is called, restore must arrive at the same name.
 */
@Needs(Tool.CLAUDE_CLI)
class JourneyFoldersIT {
    private static final String BEFORE = """
            delta-prompt @@[{"text":"delta-answer"}]@@
            """;
    private static final String AFTER = """
            epsilon-prompt @@[{"text":"epsilon-answer"}]@@
            """;

    private static final Map<String, Recorded> RECORDED = new HashMap<>();

    @TempDir
    private static Path shared;

    @TempDir
    private Path temp;

    static Stream<Arguments> versionsAndFolders() {
        List<String> folders = List.of(
                "dots.and_underscores",
                "a space",
                "café naïve",
                "cafe\u0301 decomposed",
                "会话-接力",
                "emoji 🛰️",
                "link",
                "long/" + "d".repeat(120) + "/" + "é".repeat(100));
        return ClaudeCli.versions().stream()
                .flatMap(version -> folders.stream()
                        .filter(folder -> ClaudeCli.worksIn(folder, version))
                        .map(folder -> Arguments.of(version, folder)));
    }

    @ParameterizedTest(name = "claude {0} in {1}")
    @MethodSource("versionsAndFolders")
    void resumesInAnyFolder(String version, String name) throws Exception {
        var checks = new Checks("%s in %.30s".formatted(version, name));
        try (var model = ModelServer.startStrict()) {
            var claude = new ClaudeCli(version, model);
            Recorded recorded = recorded(version);
            var machine = Machine.in(temp, "home of josé", name.equals("link") ? "the real one" : name);
            if (name.equals("link")) {
                machine = new Machine(machine.home(), Files.createSymbolicLink(temp.resolve(name), machine.work()));
            }
            var relay = new Relay(machine, recorded.store());

            String printed = relay.restoreAndPrint(
                    "--session-id",
                    recorded.id(),
                    "--working-directory",
                    machine.work().toString());
            assertThat(printed)
                    .as(checks.check("restore prints the command that resumes"))
                    .isEqualTo("claude --resume " + recorded.id());
            Path project = machine.session(recorded.id()).project();
            claude.resume(machine, recorded.id(), AFTER);
            checks.remembers(
                    "the conversation goes on",
                    model.firstAfter("epsilon-prompt").answers(),
                    "delta-answer");
            try (var projects = Files.list(requireNonNull(project.getParent()))) {
                assertThat(projects)
                        .as(checks.check("the CLI works in the folder that restore chose"))
                        .containsExactly(project);
            }
            assertThat(relay.find().stdout().strip())
                    .as(checks.check("find finds it there"))
                    .isEqualTo(recorded.id());
        }
        System.out.println(checks);
    }

    private record Recorded(String id, String store) {}

    /** One recording of each version serves all folders. */
    private static Recorded recorded(String version) throws IOException, InterruptedException {
        Recorded known = RECORDED.get(version);
        if (known != null) {
            return known;
        }
        try (var model = ModelServer.start()) {
            var machine = Machine.in(shared, version + "/home", version + "/work");
            String store = "folder:" + shared.resolve(version).resolve("store");
            String id = new ClaudeCli(version, model).begin(machine, BEFORE);
            new Relay(machine, store).save("--session-id", id);
            RECORDED.put(version, new Recorded(id, store));
        }
        return RECORDED.get(version);
    }
}
