package dev.sessionrelay.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "'  spaced   out  ', spaced out",
        "'two\nlines\r\nthree\tx', two lines three x",
        "caf\u00e9 \u6f22\u5b57 \uD83D\uDE00, caf\u00e9 \u6f22\u5b57 \uD83D\uDE00",
        "'', ''",
    })
    void makesOneLineOfAnyText(String text, String printed) {
        assertThat(SafeText.of(text, 100)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J", // clears the screen
                "\u001b]0;title\u0007", // sets the window's title
                "\u009b31m", // the same in one character
                "\b\b\b",
                "\0",
                "\u202egnp.exe", // right to left
                "\u2066x\u2069",
                "\u200b\u200d\ufeff",
                "\u2028\u2029\u0085",
                "\uD800", // half a character
                "\uDB40\uDC41", // an invisible tag
            })
    void letsNothingThroughThatDrivesATerminalOrLies(String text) {
        assertThat(SafeText.of("a" + text + "b", 100))
                .startsWith("a")
                .endsWith("b")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        assertThat(SafeText.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(SafeText.of("abcdefg", 6)).isEqualTo("abcdef…");
        assertThat(SafeText.of("abcdef\n\n", 6)).isEqualTo("abcdef");
        assertThat(SafeText.of("\uD83D\uDE00".repeat(10), 3)).isEqualTo("\uD83D\uDE00".repeat(3) + "…");
    }
}
