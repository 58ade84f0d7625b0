package dev.sessionrelay.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A stream's bytes, one after the other or a stretch of plain text at once, with a place to go back by one. */
final class ByteCursor implements Closeable {
    static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 17];
    private final PlainText plain = new PlainText(buffer);
    private final Capture[] captures;
    private int at;
    private int limit;
    private long start;

    /** @param captures of values that may run over the end of what was read at once */
    ByteCursor(InputStream in, Capture... captures) {
        this.in = in;
        this.captures = captures;
    }

    long position() {
        return start + at;
    }

    int next() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xFF : END;
    }

    /** Takes back the byte that came last; not twice. */
    void back() {
        at--;
    }

    /** The next byte that is not a blank within a line. */
    int nextMark() throws IOException {
        int b = next();
        while (b == ' ' || b == '\t' || b == '\r') {
            b = next();
        }
        return b;
    }

    /** Passes over plain text, and takes the byte that ends it. */
    int behindPlainText() throws IOException {
        do {
            at = plain.end(at, limit);
            if (at < limit) {
                return buffer[at++] & 0xFF;
            }
        } while (fill());
        return END;
    }

    /** Goes on behind this line; false when the stream ends before. */
    boolean passLine() throws IOException {
        while (at < limit || fill()) {
            if (buffer[at++] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Whether these come next; then they are passed. Only at the stream's beginning. */
    boolean beginsWith(byte... wanted) throws IOException {
        limit = in.readNBytes(buffer, 0, wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            if (i >= limit || buffer[i] != wanted[i]) {
                return false;
            }
        }
        at = wanted.length;
        return true;
    }

    void begin(Capture capture, int before) {
        capture.begin(at - before);
    }

    void end(Capture capture, int before) {
        capture.end(buffer, at - before);
    }

    private boolean fill() throws IOException {
        for (Capture capture : captures) {
            capture.keep(buffer, limit);
        }
        start += limit;
        at = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
