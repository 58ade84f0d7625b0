package dev.sessionrelay.action.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathMappingTest {
    private final PathMapping onHost = places(false);
    private final PathMapping inJobContainer = places(true);

    @Test
    void makesTheWorkingFolderFromTheHostsName() {
        assertThat(onHost.workingFolder(Optional.empty())).isEqualTo("/home/runner/work/my.re_po/my.re_po");
        assertThat(onHost.workingFolder(Optional.of("sub/dir")))
                .isEqualTo("/home/runner/work/my.re_po/my.re_po/sub/dir");
        assertThat(onHost.workingFolder(Optional.of("./a/../b/"))).isEqualTo("/home/runner/work/my.re_po/my.re_po/b");
        assertThat(onHost.workingFolder(Optional.of("/github/workspace/sub")))
                .isEqualTo("/home/runner/work/my.re_po/my.re_po/sub");
        assertThat(onHost.workingFolder(Optional.of("/srv/elsewhere"))).isEqualTo("/srv/elsewhere");
    }

    @Test
    void makesTheWorkingFolderFromTheJobContainersName() {
        assertThat(inJobContainer.workingFolder(Optional.empty())).isEqualTo("/__w/my.re_po/my.re_po");
        assertThat(inJobContainer.workingFolder(Optional.of("/__w/my.re_po/my.re_po/sub")))
                .isEqualTo("/__w/my.re_po/my.re_po/sub");
    }

    @Test
    void knowsOurNameOfWhatIsShared() {
        assertThat(onHost.here("/home/runner/work/_temp/_github_home/.claude"))
                .contains(Path.of("/github/home/.claude"));
        assertThat(onHost.here("/home/runner/work/_temp/x")).contains(Path.of("/github/runner_temp/x"));
        assertThat(onHost.here("sessions")).contains(Path.of("/github/workspace/sessions"));
        assertThat(onHost.here("/github/home/.claude")).contains(Path.of("/github/home/.claude"));
        assertThat(inJobContainer.here("/__w/_temp/_github_home/.claude")).contains(Path.of("/github/home/.claude"));
    }

    @Test
    void isNotLedAstray() {
        assertThat(onHost.here("/home/runner/.claude")).isEmpty();
        assertThat(onHost.here("../../etc")).isEmpty();
        assertThat(onHost.here("/github/workspace/../../etc/passwd")).isEmpty();
        assertThat(onHost.here("/github/workspace-other")).isEmpty();
    }

    @Test
    void tellsTheStepsTheirNames() {
        assertThat(onHost.there(Path.of("/github/home/.claude")))
                .isEqualTo("/home/runner/work/_temp/_github_home/.claude");
        assertThat(inJobContainer.there(Path.of("/github/home/.claude"))).isEqualTo("/github/home/.claude");
        assertThat(inJobContainer.there(Path.of("/github/runner_temp/x"))).isEqualTo("/__w/_temp/x");
        assertThat(onHost.there(Path.of("/opt/x"))).isEqualTo("/opt/x");
    }

    @Test
    void knowsTheRunnersOwnFolder() {
        assertThat(onHost.runnerRoot()).isEqualTo("/home/runner");
    }

    private static PathMapping places(boolean inJobContainer) {
        String workspace = "/home/runner/work/my.re_po";
        return new PathMapping(
                inJobContainer,
                Path.of("/github/home"),
                workspace,
                List.of(
                        new PathMapping.Shared(
                                Path.of("/github/workspace"), workspace + "/my.re_po", "/__w/my.re_po/my.re_po"),
                        new PathMapping.Shared(
                                Path.of("/github/home"),
                                "/home/runner/work/_temp/_github_home",
                                "/__w/_temp/_github_home"),
                        new PathMapping.Shared(
                                Path.of("/github/runner_temp"), "/home/runner/work/_temp", "/__w/_temp")));
    }
}
