package dev.sessionrelay.protect.redact;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A text that stands in another one in an encoding.
 */
final class Hidden {
    private final byte[] bytes;
    private final int[] from;
    private final int[] to;

    private Hidden(byte[] bytes, int[] from, int[] to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** Where in the outer text what carries this byte begins. */
    int from(int at) {
        return from[at];
    }

    /** Where in the outer text what carries this byte ends. */
    int to(int at) {
        return to[at];
    }

    int length() {
        return bytes.length;
    }

    boolean isText() {
        return Base64Text.isText(bytes);
    }

    Text text() {
        Text text = new Text();
        text.take(bytes, 0, bytes.length, false);
        return text;
    }

    /** Fills one byte by byte. */
    static final class Builder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int[] from = new int[64];
        private int[] to = new int[64];

        void add(int b, int start, int stop) {
            int at = bytes.size();
            if (at == from.length) {
                from = Arrays.copyOf(from, at * 2);
                to = Arrays.copyOf(to, at * 2);
            }
            from[at] = start;
            to[at] = stop;
            bytes.write(b);
        }

        int size() {
            return bytes.size();
        }

        /** Lets the bytes from here on be carried by all up to this place. */
        void extend(int first, int stop) {
            Arrays.fill(to, first, bytes.size(), stop);
        }

        Hidden build() {
            return new Hidden(bytes.toByteArray(), from, to);
        }
    }
}
