package dev.sessionrelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAccessGuardTest {
    private record Somewhere(boolean isPublic) implements PublicAccessGuard.GuardedPlace {
        @Override
        public String describe() {
            return "the market place is open to all";
        }

        @Override
        public String privateWays() {
            return "go home";
        }
    }

    @ParameterizedTest
    @CsvSource({
        // allow-public, sealed, public, may go there
        "false, false, false, true",
        "false, false, true, false",
        "false, true, true, true",
        "true, false, true, true",
        "true, true, true, true"
    })
    void decides(boolean allowed, boolean sealed, boolean isPublic, boolean mayGo) {
        PublicAccessGuard publicity = new PublicAccessGuard(allowed);
        Somewhere place = new Somewhere(isPublic);

        if (mayGo) {
            assertThatCode(() -> publicity.require(sealed, place)).doesNotThrowAnyException();
            return;
        }
        assertThatThrownBy(() -> publicity.require(sealed, place)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
            assertThat(failure).hasMessageContaining("the market place is open to all");
            assertThat(failure.next()).contains("encrypt-to", "go home", "allow-public: true", "--allow-public");
        });
    }
}
