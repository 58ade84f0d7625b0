package dev.sessionrelay.claude;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Passes over the bytes that are none of three marks, eight at a time: nearly all of a transcript is made of them. */
final class Marks {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] bytes;
    private final ByteBuffer words;
    private final char one;
    private final char two;
    private final char three;

    Marks(byte[] bytes, char one, char two, char three) {
        this.bytes = bytes;
        this.words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.one = one;
        this.two = two;
        this.three = three;
    }

    /** Where the first of the marks is, or {@code to}. */
    int next(int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = words.getLong(at);
            long found = same(word, one) | same(word, two) | same(word, three);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != one && bytes[at] != two && bytes[at] != three) {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set is the high one of the first byte that is {@code wanted}; none says that none is. */
    private static long same(long word, char wanted) {
        long zeroWhereSame = word ^ (ONES * wanted);
        return (zeroWhereSame - ONES) & ~zeroWhereSame & HIGHS;
    }
}
