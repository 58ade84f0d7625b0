package dev.sessionrelay.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives at most so many bytes at once. */
public final class ChunkedStream extends FilterInputStream {
    private final int most;

    public ChunkedStream(InputStream in, int most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, Math.min(length, most));
    }
}
