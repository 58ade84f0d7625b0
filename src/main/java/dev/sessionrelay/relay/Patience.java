package dev.sessionrelay.relay;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Backoff;
import java.time.Duration;
import java.time.Instant;

/** How long a writer goes on trying while others come first. The waits vary so that crowds thin out. */
final class Patience {
    private static final Duration IN_ALL = Duration.ofSeconds(90);

    private final Instant end = Instant.now().plus(IN_ALL);
    private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), "the store");

    void waitOrGiveUp(String whatIsBusy) {
        if (Instant.now().isAfter(end)) {
            throw Failure.unreachable(
                    whatIsBusy + ", over and over for " + IN_ALL.toSeconds() + " seconds",
                    "run this again when fewer others save at once: nothing was changed");
        }
        backoff.pause();
    }
}
