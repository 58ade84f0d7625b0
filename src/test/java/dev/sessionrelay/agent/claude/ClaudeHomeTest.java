package dev.sessionrelay.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeHomeTest {
    private static final Path FOLDER = Path.of("/home/dev/project");

    @Test
    void isInTheHomeFolderUnlessSaidOtherwise() {
        assertThat(find(Map.of("HOME", "/home/dev")).root()).isEqualTo(Path.of("/home/dev/.claude"));
    }

    @Test
    void isWhereTheVariableSays() {
        assertThat(find(Map.of("HOME", "/home/dev", "CLAUDE_CONFIG_DIR", "/srv/claude"))
                        .root())
                .isEqualTo(Path.of("/srv/claude"));
    }

    @Test
    void takesABlankVariableForNone() {
        assertThat(find(Map.of("HOME", "/home/dev", "CLAUDE_CONFIG_DIR", " ")).root())
                .isEqualTo(Path.of("/home/dev/.claude"));
    }

    @Test
    void isTheGivenOneWhateverTheEnvironmentSays() {
        ClaudeHome home = ClaudeHome.find(
                Optional.of(Path.of("/given")),
                Map.of("CLAUDE_CONFIG_DIR", "/srv/claude", "CLAUDE_CODE_PROJECT_DIR_NAME", "one"));

        assertThat(home.projectOf(FOLDER)).isEqualTo(Path.of("/given/projects/-home-dev-project"));
    }

    @Test
    void usesTheProjectNameOfTheEnvironmentOnlyBesideAConfigFolder() {
        assertThat(find(Map.of("CLAUDE_CONFIG_DIR", "/srv/claude", "CLAUDE_CODE_PROJECT_DIR_NAME", "my_Project-1"))
                        .projectOf(FOLDER))
                .isEqualTo(Path.of("/srv/claude/projects/my_Project-1"));
        assertThat(find(Map.of("HOME", "/home/dev", "CLAUDE_CODE_PROJECT_DIR_NAME", "my_Project-1"))
                        .projectOf(FOLDER))
                .isEqualTo(Path.of("/home/dev/.claude/projects/-home-dev-project"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", "a.b", "01234567890123456789012345678901234567890123456789012345678901234"})
    void ignoresAProjectNameThatClaudeCodeWouldNotTake(String name) {
        assertThat(find(Map.of("CLAUDE_CONFIG_DIR", "/srv/claude", "CLAUDE_CODE_PROJECT_DIR_NAME", name))
                        .projectOf(FOLDER))
                .isEqualTo(Path.of("/srv/claude/projects/-home-dev-project"));
    }

    @Test
    void saysWhatIsMissingWhenThereIsNoHome() {
        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("neither CLAUDE_CONFIG_DIR nor HOME is set");
    }

    private static ClaudeHome find(Map<String, String> environment) {
        return ClaudeHome.find(Optional.empty(), environment);
    }
}
