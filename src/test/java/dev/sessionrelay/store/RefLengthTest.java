package dev.sessionrelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.stores.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refs come from outputs, plan headers and people: none takes long to be refused. */
class RefLengthTest {
    private static final StoreContext NOWHERE = new StoreContext(Map.of(), Path.of("/nowhere"), Map.of());

    private static void requireSoon(String text) {
        long began = System.nanoTime();
        Failure refusal = catchThrowableOfType(Failure.class, () -> Stores.openFor(Ref.parse(text), NOWHERE));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refusal.describe()).hasSizeLessThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "gist", "release", "folder", "artifact", "auto"})
    void aLongRefIsRefusedAtOnce(String scheme) {
        for (String piece : new String[] {"#", "/", "@", "a/b#", "#/", "a", ":"}) {
            requireSoon(scheme + ":" + piece.repeat(98_000 / piece.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "gist", "release", "artifact"})
    void soIsTheLongestOneThatIsLookedAt(String scheme) {
        for (String piece : new String[] {"#", "@", "a/b#", "#/", ":"}) {
            requireSoon(scheme + ":" + piece.repeat(4_080 / piece.length()));
        }
    }

    @Test
    void aBrokenUrlIsABadInput() {
        requireSoon("git:file:///x%zz#main/00000000-0000-4000-8000-000000000001");
    }
}
