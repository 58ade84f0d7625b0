package dev.sessionrelay.claude;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Passes over the bytes that mean nothing inside a JSON string, eight at a time: nearly all of a transcript is made of
 * them.
 */
final class PlainBytes {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] bytes;
    private final ByteBuffer words;

    PlainBytes(byte[] bytes) {
        this.bytes = bytes;
        this.words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the first quote, backslash or line break is, or {@code to}. */
    int end(int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = words.getLong(at);
            long found = marks(word, '"') | marks(word, '\\') | marks(word, '\n');
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set is the high one of the first byte that is {@code wanted}; none says that none is. */
    private static long marks(long word, char wanted) {
        long zeroWhereSame = word ^ (ONES * wanted);
        return (zeroWhereSame - ONES) & ~zeroWhereSame & HIGHS;
    }
}
