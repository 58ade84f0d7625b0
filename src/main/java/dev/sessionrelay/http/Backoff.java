package dev.sessionrelay.http;

import dev.sessionrelay.failure.Failure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: each twice as long as the one before, up to a longest, and varied so that those who met once
 * do not meet again.
 */
public final class Backoff {
    private final String awaited;
    private final long longest;
    private long next;

    /** @param awaited what the pauses wait for, for messages: "GitHub" */
    public Backoff(Duration first, Duration longest, String awaited) {
        this.next = first.toMillis();
        this.longest = longest.toMillis();
        this.awaited = awaited;
    }

    /** Sleeps between a quarter of this pause and five quarters of it. */
    public void pause() {
        sleep(Duration.ofMillis(next / 4 + ThreadLocalRandom.current().nextLong(next + 1)), awaited);
        next = Math.min(longest, next * 2);
    }

    /** One pause of a length that somebody else decided. */
    public static void sleep(Duration duration, String awaited) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted while waiting for " + awaited, "run this again");
        }
    }
}
