package dev.sessionrelay.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What happens when this process is asked to end. A cancelled job's runner sends SIGINT, 7.5 seconds later SIGTERM, and
 * kills 2.5 seconds after that; `docker stop` sends SIGTERM and kills after 10 seconds. Work that is under way then
 * has 7 seconds to finish, and the process ends with what came of it. Work that takes longer ends where it is, which
 * leaves every store and every file as it was or as it should be, since all of them are replaced whole.
 *
 * <p>While the work finishes the JVM is not shutting down yet: in a JVM that is, libraries that register a hook of
 * their own fail, and hooks that clean up run beside the work.
 */
public final class ShutdownGrace {
    private static final Duration GRACE = Duration.ofSeconds(7);
    /** One press of Ctrl-C may arrive twice: from the terminal, and from a script that hands it on. */
    private static final Duration SAME_SIGNAL = Duration.ofMillis(300);

    private static final Duration AT_MOST_TELLING = Duration.ofMillis(100);

    private static final Duration WAY_OUT = Duration.ofSeconds(1);
    private static final int DIED_OF_A_SIGNAL = 128;

    private final IntConsumer exit;
    private final Consumer<String> told;
    private final Duration grace;
    private final AtomicBoolean asked = new AtomicBoolean();

    private int underWay;
    private boolean isBrokenOff;
    private long askedAt;

    private ShutdownGrace(IntConsumer exit, Consumer<String> told, Duration grace) {
        this.exit = exit;
        this.told = told;
        this.grace = grace;
    }

    /** For a process that nobody interrupts. */
    public static ShutdownGrace none() {
        return new ShutdownGrace(code -> {}, text -> {}, GRACE);
    }

    static ShutdownGrace of(IntConsumer exit, Consumer<String> told, Duration grace) {
        return new ShutdownGrace(exit, told, grace);
    }

    /**
     * @param exit ends the process
     * @param told what people who are waiting are told
     */
    public static ShutdownGrace ofThisProcess(IntConsumer exit, Consumer<String> told) {
        ShutdownGrace interruption = new ShutdownGrace(exit, told, GRACE);
        Signals.sendTo(interruption::signalled);
        return interruption;
    }

    /** Work that is not to be broken off. Work may be part of other work. */
    public GraceWork begin() {
        synchronized (this) {
            underWay++;
        }
        return new GraceWork();
    }

    public final class GraceWork implements AutoCloseable {
        private GraceWork() {}

        @Override
        public void close() {
            if (hasEnded()) {
                awaitTheEnd();
            }
        }
    }

    private synchronized boolean hasEnded() {
        underWay--;
        notifyAll();
        return isBrokenOff;
    }

    /** Too late: what was cleaned up beside it may have made it fail, and nobody is to read of that. */
    private void awaitTheEnd() {
        try {
            Thread.sleep(WAY_OUT.multipliedBy(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void signalled(int number) {
        if (!asked.compareAndSet(false, true)) {
            if (isAskedAgain()) {
                breakOff(number);
            }
            return;
        }
        if (isWorking()) {
            tell("interrupted: what is under way has " + grace.toSeconds() + " seconds to finish");
        }
        if (!awaitWork()) {
            tell("broken off: it did not finish in " + grace.toSeconds() + " seconds. What it would have replaced"
                    + " is there as it was, or as it should be; run it again to be sure");
            breakOff(number);
            return;
        }
        leave(number);
    }

    private synchronized boolean isWorking() {
        askedAt = System.nanoTime();
        isBrokenOff = underWay == 0;
        return !isBrokenOff;
    }

    /** Nobody may be reading: what is printed then would wait for ever. */
    private void tell(String text) {
        Thread telling = Thread.ofPlatform().daemon().start(() -> told.accept(text));
        try {
            telling.join(AT_MOST_TELLING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isAskedAgain() {
        return System.nanoTime() - askedAt > SAME_SIGNAL.toNanos();
    }

    private void breakOff(int number) {
        synchronized (this) {
            isBrokenOff = true;
        }
        exit.accept(DIED_OF_A_SIGNAL + number);
    }

    /** Work that came to its end takes the process to its end as well, with the code that tells what came of it. */
    private void leave(int number) {
        boolean worked;
        synchronized (this) {
            worked = !isBrokenOff;
        }
        if (worked) {
            try {
                Thread.sleep(WAY_OUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exit.accept(DIED_OF_A_SIGNAL + number);
    }

    /** Waits for the work under way, if there is any; false when it took longer. */
    synchronized boolean awaitWork() {
        long end = System.nanoTime() + grace.toNanos();
        while (underWay > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
