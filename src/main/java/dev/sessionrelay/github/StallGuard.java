package dev.sessionrelay.github;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Ends a body that stops arriving: the client's own timeout is over once the headers are there. */
final class StallGuard extends FilterInputStream {
    private static final long NOT_READING = 0;

    private static final long SLOWEST_BYTES_PER_SECOND = 1_000;
    private static final long NANOS = 1_000_000_000;

    private final Duration longest;
    private final AtomicLong readingSince = new AtomicLong(NOT_READING);
    private long received;
    private long waited;
    private volatile boolean closed;
    private volatile boolean stalled;

    StallGuard(InputStream body, Duration longest) {
        super(body);
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (in.available() > 0) {
            int some = in.read(bytes, offset, length);
            received += Math.max(0, some);
            return some;
        }
        long mark = System.nanoTime() | 1;
        readingSince.set(mark);
        Executor later = CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(() -> endIfStillAt(mark), later);
        try {
            int some = in.read(bytes, offset, length);
            requirePace(Math.max(0, some), System.nanoTime() - mark);
            return some;
        } catch (IOException e) {
            if (stalled) {
                throw new HttpTimeoutException("nothing more came for " + longest.toSeconds() + " seconds");
            }
            throw e;
        } finally {
            readingSince.set(NOT_READING);
            alarm.cancel(false);
        }
    }

    /** A server that sends a byte now and then would hold whoever reads for ever. */
    private void requirePace(long some, long waitedFor) throws HttpTimeoutException {
        received += some;
        waited += waitedFor;
        if (waited > longest.toNanos() / 3 * 2 + received / SLOWEST_BYTES_PER_SECOND * NANOS) {
            throw new HttpTimeoutException(received + " bytes came in " + waited / NANOS + " seconds");
        }
    }

    private void endIfStillAt(long mark) {
        if (!closed && readingSince.get() == mark) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                // The read that hangs ends all the same.
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
