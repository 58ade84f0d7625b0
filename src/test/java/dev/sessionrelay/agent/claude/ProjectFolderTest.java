package dev.sessionrelay.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFolderTest {

    /** The names on the right were computed by the JavaScript that Claude Code has for it. */
    @ParameterizedTest
    @CsvSource({
        "/, -",
        "/home/dev/my project, -home-dev-my-project",
        "/home/dev/a.b_c, -home-dev-a-b-c",
        "/home/dev/UPPER, -home-dev-UPPER",
        "/home/dev/a+b@c, -home-dev-a-b-c",
        "/home/dev/.config, -home-dev--config",
        "/home/dev/a--b, -home-dev-a--b",
        "/home/dev/caf\u00e9, -home-dev-caf-",
        "/home/dev/cafe\u0301, -home-dev-cafe-",
        "/home/dev/\u6f22\u5b57, -home-dev---",
        "/home/dev/\uD83D\uDE00, -home-dev---",
    })
    void writesTheNameAsClaudeCodeDoes(String path, String name) {
        assertThat(ProjectFolder.nameOf(path)).isEqualTo(name);
    }

    @Test
    void keepsANameOfExactly200UnitsWhole() {
        assertThat(ProjectFolder.nameOf("/" + "a".repeat(199))).isEqualTo("-" + "a".repeat(199));
    }

    @ParameterizedTest
    @CsvSource({"201, b6ymvl", "202, 85qkr6", "203, v6kcfl"})
    void cutsALongerOneAndAddsAHashOfThePath(int length, String hash) {
        assertThat(ProjectFolder.nameOf("/" + "a".repeat(length - 1))).isEqualTo("-" + "a".repeat(199) + "-" + hash);
    }

    @Test
    void hashesThePathAndNotItsName() {
        String han = "/home/dev/" + "\u6f22".repeat(191);
        String emoji = "/" + "\uD83D\uDE00x".repeat(67);
        String deep = "/srv/" + "deep.folder_name/".repeat(20);

        assertThat(ProjectFolder.nameOf(han)).isEqualTo("-home-dev-" + "-".repeat(190) + "-ge55k7");
        assertThat(ProjectFolder.nameOf(emoji)).hasSize(207).endsWith("--x--fk83ly");
        assertThat(ProjectFolder.nameOf(deep)).hasSize(207).endsWith("-fol-ermmiv");
    }

    @Test
    void resolvesLinksAsClaudeCodeDoes(@TempDir Path temp) throws IOException {
        Path real = Files.createDirectory(temp.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);

        assertThat(ProjectFolder.realPath(link)).isEqualTo(real);
    }

    @Test
    void resolvesLinksAboveAFolderThatIsNotThereYet(@TempDir Path temp) throws IOException {
        Path real = Files.createDirectory(temp.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);

        assertThat(ProjectFolder.realPath(link.resolve("to/come/../come"))).isEqualTo(real.resolve("to/come"));
    }
}
