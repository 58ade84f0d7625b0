package dev.sessionrelay.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static final SessionId ID = new SessionId("7c53d351-013c-4308-a705-3cc3387680a2");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "7c53d351-013c-4308-a705-3cc3387680a",
                "7c53d351-013c-4308-a705-3cc3387680a2 ",
                "7c53d351-013c-4308-a705-3cc3387680a2\n",
                "7c53d351013c4308a7053cc3387680a2",
                "g7c53d35-013c-4308-a705-3cc3387680a2",
                "../../../7c53d351-013c-4308-a705-3cc3387680a2",
            })
    void refusesWhatIsNoUuidAndSaysSo(String text) {
        assertThatThrownBy(() -> new SessionId(text))
                .hasMessageContaining("\"" + SafeText.of(text, 80) + "\" is no session id")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(SessionId.in(text)).isEmpty();
    }

    @Test
    void keepsTheCaseSinceClaudeCodeComparesIt() {
        assertThat(new SessionId("7C53D351-013C-4308-A705-3CC3387680A2").text())
                .isEqualTo("7C53D351-013C-4308-A705-3CC3387680A2");
    }

    /** The value is pinned: another one would make a second copy of every continuation that was ever kept. */
    @Test
    void namesAContinuationTheSameWayForEver() {
        assertThat(continuation("{\"type\":\"user\"}\n"))
                .isEqualTo(new SessionId("9838ae76-c067-31db-aa92-dac8b1c82633"))
                .isEqualTo(continuation("{\"type\":\"user\"}\n"));
    }

    @Test
    void namesDifferentContinuationsDifferently() {
        assertThat(continuation("{\"type\":\"user\"}\n"))
                .isNotEqualTo(continuation("{\"type\":\"assistant\"}\n"))
                .isNotEqualTo(continuation(""))
                .isNotEqualTo(ID);
        assertThat(continuation("").forContinuation(new byte[0])).isNotEqualTo(continuation(""));
    }

    private static SessionId continuation(String line) {
        return ID.forContinuation(line.getBytes(StandardCharsets.UTF_8));
    }
}
