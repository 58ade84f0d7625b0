package dev.sessionrelay.protect.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for single bytes, eight at a time. */
final class Swift {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Swift() {}

    /** Eight bytes, of which the first is the lowest. */
    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static int four(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** Where the byte first stands in the stretch, or the stretch's end. */
    static int indexOf(byte[] bytes, int from, int to, char wanted) {
        return indexOf(bytes, from, to, wanted, wanted);
    }

    /** Where one of two bytes first stands in the stretch, or the stretch's end. */
    static int indexOf(byte[] bytes, int from, int to, char wanted, char orWanted) {
        long one = ONES * wanted;
        long other = ONES * orWanted;
        int at = from;
        for (; at <= to - 8; at += 8) {
            long here = eight(bytes, at);
            long found = zeros(here ^ one) | zeros(here ^ other);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && bytes[at] != wanted && bytes[at] != orWanted) {
            at++;
        }
        return at;
    }

    /** The lowest byte in which a bit is set is zero; in others it may be set for nothing. */
    private static long zeros(long bytes) {
        return bytes - ONES & ~bytes & HIGHS;
    }
}
