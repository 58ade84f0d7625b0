package dev.sessionrelay.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells an error of the connection from one of whoever reads from it, and leaves a server that drips. One that sends
 * the size of a chunk letter by letter is never late for the connection's own time-out, and gives nothing to read.
 */
final class Received extends FilterInputStream {
    private final Pace pace;
    private final Duration longest;

    Received(InputStream in, Duration patience) {
        super(in);
        this.pace = new Pace(patience);
        this.longest = patience.plusSeconds(1);
    }

    @Override
    public int read() throws ConnectionFailure {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws ConnectionFailure {
        long began = System.nanoTime();
        try {
            int some = in.available() > 0 ? in.read(bytes, offset, length) : awaited(bytes, offset, length);
            pace.received(Math.max(0, some), System.nanoTime() - began);
            return some;
        } catch (IOException e) {
            throw new ConnectionFailure(e);
        }
    }

    /** The connection cannot be closed while it is read from, so a read that does not end is left alone. */
    private int awaited(byte[] bytes, int offset, int length) throws IOException {
        FutureTask<Integer> reading = new FutureTask<>(() -> in.read(bytes, offset, length));
        Thread.ofVirtual().start(reading);
        try {
            return reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TooSlow("a part of its answer does not come to its end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        // Left to the connection: closing here would wait for all that a broken answer still sends.
    }
}
