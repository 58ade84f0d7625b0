package dev.sessionrelay.action;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the runner asks this process to end. A cancelled job's runner sends SIGINT and kills 7.5 seconds
 * later. Work that is under way then has 7 seconds to finish; work that takes longer ends where it is, which leaves every
 * store and every file as it was or as it should be, since all of them are replaced whole.
 */
public final class Interruption {
    private static final Duration GRACE = Duration.ofSeconds(7);

    private final Semaphore free = new Semaphore(1);

    static Interruption ofThisProcess() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.awaitWork(GRACE), "awaits work under way"));
        return interruption;
    }

    /** Work that is not to be broken off. */
    Work begin() {
        free.acquireUninterruptibly();
        return new Work();
    }

    final class Work implements AutoCloseable {
        @Override
        public void close() {
            free.release();
        }
    }

    /** Waits for the work under way, if there is any; false when it took longer. */
    boolean awaitWork(Duration atMost) {
        try {
            return free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
