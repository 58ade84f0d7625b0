package dev.sessionrelay.github;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long to wait for GitHub, and who is told.
 *
 * @param first the pause before the second try; each one after is twice as long
 * @param tries how often a call is sent at most because it failed
 * @param atMost the longest time that is waited for a limit to end, in all
 */
public record Pauses(Duration first, int tries, Duration atMost, Consumer<String> told) {

    public static Pauses usual(Consumer<String> told) {
        return new Pauses(Duration.ofMillis(300), 5, Duration.ofSeconds(90), told);
    }
}
