package dev.sessionrelay.io;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** The digests of a payload's blocks, so that any part of it can be known again without reading all of it. */
public final class BlockDigests {
    public static final int BLOCK = 1 << 18;
    private static final int LENGTH = 32;

    private final long announced;
    private final MessageDigest counter = Digest.counter();
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
    private long size;

    /** @param announced more than that is never read again */
    public BlockDigests(long announced) {
        this.announced = announced;
    }

    /** Takes the next block; only the last one is shorter than a block. */
    public void add(byte[] bytes, int length) {
        size += length;
        if (size <= announced) {
            counter.update(bytes, 0, length);
            digests.writeBytes(counter.digest());
        }
    }

    public long size() {
        return size;
    }

    /** Digests that can be asked for at the same time as others. */
    public DigestReading reading() {
        return new DigestReading(digests.toByteArray(), Digest.counter());
    }

    public static final class DigestReading {
        private final byte[] digests;
        private final MessageDigest counter;

        private DigestReading(byte[] digests, MessageDigest counter) {
            this.digests = digests;
            this.counter = counter;
        }

        public boolean isBlock(long number, byte[] bytes, int length) {
            counter.update(bytes, 0, length);
            int at = Math.toIntExact(number * LENGTH);
            return Arrays.equals(counter.digest(), 0, LENGTH, digests, at, at + LENGTH);
        }
    }
}
