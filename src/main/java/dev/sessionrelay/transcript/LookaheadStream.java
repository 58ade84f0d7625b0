package dev.sessionrelay.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream with some of what was read and some of what comes in view. */
final class LookaheadStream {
    private static final int KEPT_BEHIND = Math.max(2 * Placeholder.LONGEST, MovedFolder.LONGEST);

    private final InputStream in;
    private byte[] buffer = new byte[1 << 17];
    private int at;
    private int limit;
    private boolean ended;
    private long position;

    LookaheadStream(InputStream in) {
        this.in = in;
    }

    /** Tries to have this many bytes in view; fewer are only at the end. */
    void view(int bytes) throws IOException {
        while (!ended && limit - at < bytes) {
            if (limit == buffer.length) {
                makeRoom(bytes);
            }
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        }
    }

    private void makeRoom(int bytes) {
        int from = Math.max(0, at - KEPT_BEHIND);
        int kept = limit - from;
        byte[] target = kept + bytes > buffer.length ? new byte[kept + bytes + (1 << 12)] : buffer;
        System.arraycopy(buffer, from, target, 0, kept);
        buffer = target;
        at -= from;
        limit = kept;
    }

    void skip(int bytes) {
        at += bytes;
        position += bytes;
    }

    byte[] bytes() {
        return buffer;
    }

    int at() {
        return at;
    }

    int limit() {
        return limit;
    }

    int ahead() {
        return limit - at;
    }

    int behind() {
        return Math.min(at, KEPT_BEHIND);
    }

    /** Whether nothing comes behind what is in view. */
    boolean isLast() {
        return ended;
    }

    long position() {
        return position;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(buffer, from, to);
    }
}
