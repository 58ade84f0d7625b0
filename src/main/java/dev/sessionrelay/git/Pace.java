package dev.sessionrelay.git;

import java.time.Duration;

/**
 * How slowly an answer may come. A time-out for each read is over with each byte, and a server that sends one now and
 * then would hold whoever reads for ever: so the time that was spent waiting for bytes is measured against their
 * number.
 */
final class Pace {
    private static final long SLOWEST_BYTES_PER_SECOND = 1_000;
    private static final long NANOS = 1_000_000_000;

    private final long allowed;
    private long waited;
    private long bytes;

    /** @param patience with a server that sends nothing at all */
    Pace(Duration patience) {
        this.allowed = longest(patience).toNanos();
    }

    /** How long a server may drip: less than one that is silent, since nobody drips by mistake. */
    static Duration longest(Duration patience) {
        return patience.multipliedBy(2).dividedBy(3).plusSeconds(2);
    }

    void received(long some, long waitedFor) throws TooSlow {
        bytes += some;
        waited += waitedFor;
        if (waited > allowed + bytes / SLOWEST_BYTES_PER_SECOND * NANOS) {
            throw new TooSlow(bytes + " bytes in " + waited / NANOS + " seconds");
        }
    }
}
