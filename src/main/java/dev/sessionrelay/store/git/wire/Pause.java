package dev.sessionrelay.store.git.wire;

import dev.sessionrelay.failure.Failure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that grow, and vary so that those who met once do not meet again. */
public final class Pause {
    private final long longest;
    private long next;

    public Pause(Duration first, Duration longest) {
        this.next = first.toMillis();
        this.longest = longest.toMillis();
    }

    public void take() {
        try {
            Thread.sleep(next / 4 + ThreadLocalRandom.current().nextLong(next + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted while waiting for the repository", "run this again");
        }
        next = Math.min(longest, next * 2);
    }
}
