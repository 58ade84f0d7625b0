package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLogTest {
    @Test
    void carriesOutCommandsAndUnescapesThem() {
        var log = new CommandLog(List.of("plain", "  ::warning title=A%2C b%3A c,file=x::100%25%0Asure"));
        assertThat(log.commands()).hasSize(1);
        CommandLog.Command warning = log.commands("warning").getFirst();
        assertThat(warning.title()).isEqualTo("A, b: c");
        assertThat(warning.data()).isEqualTo("100%\nsure");
    }

    @Test
    void takesTheOldFormAnywhereInALine() {
        assertThat(new CommandLog(List.of("he said ##[set-output name=a]b")).commands("set-output"))
                .hasSize(1);
    }

    @Test
    void takesNoCommandsWhileStopped() {
        var log = new CommandLog(
                List.of("::stop-commands::xyz", "::set-output name=a::b", "##[error]no", "::xyz::", "::notice::yes"));
        assertThat(log.commands()).extracting(CommandLog.Command::name).containsExactly("notice");
        assertThat(log.isListening()).isTrue();
    }

    @Test
    void hidesWhatIsMasked() {
        var log = new CommandLog(List.of("::add-mask::hush%0Aquiet", "say hush and quiet", "::unknown::text"));
        assertThat(log.masks()).containsExactly("hush", "quiet");
        assertThat(log.text()).isEqualTo("say *** and ***\n::unknown::text");
    }
}
