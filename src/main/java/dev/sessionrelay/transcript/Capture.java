package dev.sessionrelay.transcript;

import java.nio.charset.StandardCharsets;

/** A value that is being read, which may run over the buffer's end. Only its beginning is kept. */
final class Capture {
    private final byte[] kept;
    private int length;
    private int from = -1;
    private boolean whole = true;

    Capture(int most) {
        kept = new byte[most];
    }

    void begin(int from) {
        this.from = from;
        length = 0;
        whole = true;
    }

    /** The buffer is about to be refilled. */
    void keep(byte[] buffer, int limit) {
        if (from >= 0) {
            append(buffer, limit);
            from = 0;
        }
    }

    void end(byte[] buffer, int to) {
        if (from >= 0) {
            append(buffer, to);
            from = -1;
        }
    }

    void drop() {
        length = 0;
        from = -1;
    }

    private void append(byte[] buffer, int to) {
        int more = to - from;
        int room = kept.length - length;
        whole &= more <= room;
        int taken = Math.min(more, room);
        System.arraycopy(buffer, from, kept, length, taken);
        length += taken;
    }

    boolean isEscaped() {
        for (int i = 0; i < length; i++) {
            if (kept[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** With what its escapes stand for. */
    byte[] decoded() {
        return FieldValue.decoded(asText()).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return kept;
    }

    int length() {
        return length;
    }

    boolean isWhole() {
        return whole;
    }

    String asText() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }
}
