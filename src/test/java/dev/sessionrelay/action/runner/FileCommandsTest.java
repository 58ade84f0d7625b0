package dev.sessionrelay.action.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.testing.OutsideCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCommandsTest {
    @TempDir
    private Path root;

    private Path file;
    private FileCommands commands;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.createFile(root.resolve("output"));
        ActionContext runner = new StandInRunner(root)
                .asSeen(
                        Map.of("GITHUB_OUTPUT", file.toString()),
                        new PrintStream(OutputStream.nullOutputStream(), true));
        commands = new FileCommands(runner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "a=b",
                "x\nadmin=true",
                "x\nEOF\nadmin<<EOF\ntrue\nEOF",
                "ghadelimiter_\nrestored<<relay-\n",
                "\n\n",
                "ends\r\nso\r\n",
                "<<",
                "::set-output name=a::b"
            })
    void noValuePretendsToBeAnotherName(String value) throws IOException {
        commands.output("first", value);
        commands.output("second", "2");
        assertThat(StandInRunner.parse(Files.readString(file)))
                .containsOnlyKeys("first", "second")
                .containsEntry("first", value)
                .containsEntry("second", "2");
    }

    @Test
    void everyWordIsAnother() {
        assertThat(WorkflowCommands.randomWord()).isNotEqualTo(WorkflowCommands.randomWord());
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> commands.output("a\nb", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatIsMissingOutsideOfAJob() {
        assertThatThrownBy(() -> commands.state("a", "b")).hasMessageContaining("GITHUB_STATE is not set");
    }

    /** Who runs beside this job can lay one there; writing would wait for its reader for ever. */
    @Test
    void writesIntoNoPipe() throws IOException {
        Files.delete(file);
        OutsideCommand.make("mkfifo", file.toString());
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> commands.output("first", "1"))
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.exitCode()).isNotEqualTo(ExitCode.OUR_BUG)));
    }
}
