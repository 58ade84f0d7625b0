package dev.sessionrelay.session;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * An entry's bytes on their way into a store, refused at their end when they are no longer those that were
 * announced.
 */
final class VerifyingInputStream extends FilterInputStream {
    private final Entry entry;
    private final MessageDigest counter = Digest.counter();
    private long count;

    VerifyingInputStream(InputStream in, Entry entry) {
        super(in);
        this.entry = entry;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            counter.update(bytes, offset, read);
            count += read;
        }
        boolean isAtEnd = read < 0 ? count < entry.size() : read > 0 && count >= entry.size();
        if (isAtEnd) {
            requireSame();
        }
        return read;
    }

    private void requireSame() throws IOException {
        if (count != entry.size() || !digestSoFar().equals(entry.digest())) {
            throw Failure.conflict(
                    "the session was rewritten while it was saved",
                    "save again when Claude Code has finished: nothing was changed in the store");
        }
    }

    private Digest digestSoFar() throws IOException {
        try {
            return Digest.of((MessageDigest) counter.clone());
        } catch (CloneNotSupportedException e) {
            throw new IOException("the JDK's SHA-256 can be cloned", e);
        }
    }
}
