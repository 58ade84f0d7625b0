package dev.sessionrelay.transcript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Passes over the text of a JSON string that means nothing but itself, eight bytes at a time: nearly all of a
 * transcript is made of it. What ends it is a quote, a backslash, a control character, or a byte that is not ASCII.
 */
final class PlainText {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] bytes;
    private final ByteBuffer words;

    PlainText(byte[] bytes) {
        this.bytes = bytes;
        this.words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where it ends, or {@code to}. */
    int end(int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = words.getLong(at);
            long found = same(word, '"') | same(word, '\\') | ((word - ONES * ' ') & ~word & HIGHS) | (word & HIGHS);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte letter) {
        return letter >= ' ' && letter != '"' && letter != '\\';
    }

    /** The lowest bit that is set is the high one of the first byte that is {@code wanted}; none says that none is. */
    private static long same(long word, char wanted) {
        long zeroWhereSame = word ^ (ONES * wanted);
        return (zeroWhereSame - ONES) & ~zeroWhereSame & HIGHS;
    }
}
