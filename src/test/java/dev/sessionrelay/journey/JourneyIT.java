package dev.sessionrelay.journey;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise, with the real Claude Code CLI: a session that was saved on one machine is restored on another and
 * resumed, and what the CLI then sends to the model is the whole conversation.
 */
@Needs(Tool.CLAUDE_CLI)
class JourneyIT {
    @TempDir
    private Path temp;

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versions")
    void goesToAnotherMachineAndBack(String version) throws Exception {
        try (var model = ModelServer.startStrict()) {
            var journey = new Journey(new ClaudeCli(version, model), temp);
            journey.recordOnTheLaptopAndSave();
            journey.restoreOnTheRunner();
            journey.resumeOnTheRunner();
            journey.saveOnlyWhatIsNew();
            journey.bringBackToTheLaptop();
            journey.resumeOnTheLaptop();
            System.out.println(journey.checks());
        }
    }
}
