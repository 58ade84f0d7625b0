package dev.sessionrelay.session;

import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.io.Pending;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Lets somebody read what another one reads, at the same time, on a thread of its own. */
public final class ReadAlong<T> implements Verification.Onlooker, AutoCloseable {
    private static final int BLOCKS_AHEAD = 8;
    private static final int PATIENCE_MILLIS = 20;
    private static final byte[] END = {};

    /** What is to be made of the bytes. */
    @FunctionalInterface
    public interface SharedReading<T> {
        T of(InputStream in) throws IOException;
    }

    private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
    private final FutureTask<T> reading;

    public ReadAlong(SharedReading<T> wanted) {
        reading = new FutureTask<>(() -> wanted.of(new SharedBlocks()));
        Thread.ofPlatform().daemon().name("alongside").start(reading);
    }

    @Override
    public void see(byte[] bytes, int length) throws IOException {
        if (length > 0) {
            put(Arrays.copyOf(bytes, length));
        }
    }

    /** What was made of all that was seen. */
    public T result() throws IOException {
        put(END);
        return Pending.result(reading);
    }

    private void put(byte[] block) throws IOException {
        try {
            boolean taken = false;
            while (!taken && !reading.isDone()) {
                taken = blocks.offer(block, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw Pending.interrupted();
        }
    }

    @Override
    public void close() {
        reading.cancel(true);
    }

    private final class SharedBlocks extends BlockStream {
        private byte[] block = END;
        private int at;
        private boolean ended;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (at == block.length && !ended) {
                try {
                    block = blocks.take();
                } catch (InterruptedException e) {
                    throw Pending.interrupted();
                }
                at = 0;
                ended = block.length == 0;
            }
            if (ended) {
                return -1;
            }
            int taken = Math.min(length, block.length - at);
            System.arraycopy(block, at, bytes, offset, taken);
            at += taken;
            return taken;
        }
    }
}
