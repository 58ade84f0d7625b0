package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PathMappingTest {
    private final PathMapping paths = new PathMapping()
            .add(Path.of("/w/_temp"), "/github/runner_temp")
            .add(Path.of("/w/_temp/_github_home"), "/github/home");

    @Test
    void translatesAPathAndWhatIsBelowIt() {
        assertThat(paths.translate("/w/_temp")).isEqualTo("/github/runner_temp");
        assertThat(paths.translate("/w/_temp/_github_home/.claude")).isEqualTo("/github/home/.claude");
    }

    @Test
    void leavesEverythingElse() {
        assertThat(paths.translate("/w/_tempo")).isEqualTo("/w/_tempo");
        assertThat(paths.translate("folder:/w/_temp")).isEqualTo("folder:/w/_temp");
        assertThat(paths.translate("/x\n/w/_temp")).isEqualTo("/x\n/w/_temp");
    }
}
