package dev.sessionrelay.flow;

import dev.sessionrelay.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** How long a writer goes on trying while others come first. The waits vary so that crowds thin out. */
final class Patience {
    private static final Duration IN_ALL = Duration.ofSeconds(90);
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Instant end = Instant.now().plus(IN_ALL);
    private long pause = 10;

    void waitOrGiveUp(String whatIsBusy) {
        if (Instant.now().isAfter(end)) {
            throw Failure.unreachable(
                    whatIsBusy + ", over and over for " + IN_ALL.toSeconds() + " seconds",
                    "run this again when fewer others save at once: nothing was changed");
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, pause + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted while waiting for the store", "run this again: nothing was changed");
        }
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
}
