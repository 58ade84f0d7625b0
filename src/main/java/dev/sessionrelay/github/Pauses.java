package dev.sessionrelay.github;

import dev.sessionrelay.failure.Failure;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long to wait for GitHub, and who is told.
 *
 * @param first the pause before the second try; each one after is twice as long
 * @param atMost the longest time that is waited for a limit to end, in all
 */
public record Pauses(Duration first, int tries, Duration atMost, Consumer<String> told) {

    public static Pauses usual(Consumer<String> told) {
        return new Pauses(Duration.ofMillis(300), 5, Duration.ofSeconds(90), told);
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted while waiting for GitHub", "run this again: nothing was changed");
        }
    }
}
