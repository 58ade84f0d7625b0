package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users copy, and what GitHub reads, is what GitHub takes. */
@Needs(Tool.LINTERS)
class LintIT {
    @Test
    void nothingIsWrongWithActionFilesExamplesWorkflowsAndDocumentation() {
        Path project = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Command.Ended ended = Command.start(
                        List.of(project.resolve("build/lint").toString()), project, Map.of("PATH", Command.path()))
                .await();
        assertThat(ended.exit()).as(ended.said()).isZero();
    }
}
