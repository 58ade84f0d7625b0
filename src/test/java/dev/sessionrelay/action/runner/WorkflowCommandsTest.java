package dev.sessionrelay.action.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final WorkflowCommands log = new WorkflowCommands(new PrintStream(out, true, StandardCharsets.UTF_8));

    @Test
    void escapesTitlesAndMessages() {
        log.warning("50%: a, b", "first\nsecond\r 100%");
        assertThat(printed()).isEqualTo("::warning title=50%25%3A a%2C b::first%0Asecond%0D 100%25\n");
    }

    @Test
    void obeysNothingThatASessionSays() {
        log.quote(List.of("::error::boo", "##[error]boo", "two\nlines"));
        List<String> lines = printed().lines().toList();
        assertThat(lines.getFirst()).startsWith("::stop-commands::");
        assertThat(lines.getLast()).isEqualTo("::" + lines.getFirst().substring("::stop-commands::".length()) + "::");
        assertThat(lines).hasSize(5);
    }

    @Test
    void breaksUpWhatLooksLikeACommandInOurOwnWords() {
        log.log("::error::boo");
        log.log("a branch ##[error] so called");
        log.log("line\n::error::injected");
        assertThat(printed().lines()).noneMatch(line -> line.strip().startsWith("::") || line.contains("##["));
    }

    @Test
    void masksOnlyWhatIsThere() {
        log.mask(" ");
        assertThat(printed()).isEmpty();
        log.mask("a%b");
        assertThat(printed()).isEqualTo("::add-mask::a%25b\n");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
