package dev.sessionrelay.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** Parts read one behind the other, each opened only when it is its turn. */
public final class ChainedStream extends BlockStream {

    /** Opens one part. */
    @FunctionalInterface
    public interface StreamPart {
        InputStream open() throws IOException;
    }

    private final Iterator<? extends StreamPart> parts;
    private InputStream current = InputStream.nullInputStream();

    public ChainedStream(Iterator<? extends StreamPart> parts) {
        this.parts = parts;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int read = current.read(bytes, offset, length);
            if (read >= 0) {
                return read;
            }
            current.close();
            if (!parts.hasNext()) {
                // Some readers ask once more behind the end.
                current = InputStream.nullInputStream();
                return -1;
            }
            current = parts.next().open();
        }
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
