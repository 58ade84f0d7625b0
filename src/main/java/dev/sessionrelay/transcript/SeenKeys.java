package dev.sessionrelay.transcript;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The keys of one record's objects, as marks of 64 bits: enough to notice that one object has a key twice. Two keys
 * that share a mark by chance would only be taken for the same, and the record be left out.
 */
final class SeenKeys {
    private static final int MOST = 1 << 20;
    private static final int FEW = 256;
    private static final long SEED = new SplittableRandom().nextLong() | 1;

    private long[] marks = new long[FEW];
    private int count;

    void clear() {
        if (count > 0) {
            count = 0;
            if (marks.length > FEW << 4) {
                marks = new long[FEW];
            } else {
                Arrays.fill(marks, 0);
            }
        }
    }

    /**
     * Adds a key of an object.
     *
     * @param object tells the record's objects apart
     * @return false when that object has it already, or the record has more keys than anything that is real
     */
    boolean add(long object, byte[] key, int length) {
        if (count == MOST) {
            return false;
        }
        if (2 * count >= marks.length) {
            grow();
        }
        if (!put(mark(object, key, length))) {
            return false;
        }
        count++;
        return true;
    }

    private static long mark(long object, byte[] key, int length) {
        long mark = SEED + object * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < length; i++) {
            mark = (mark ^ key[i]) * 0x100000001B3L;
            mark ^= mark >>> 29;
        }
        mark = (mark ^ (mark >>> 32)) * 0xD6E8FEB86659FD93L;
        mark ^= mark >>> 32;
        return mark == 0 ? 1 : mark;
    }

    private boolean put(long mark) {
        int slot = (int) mark & (marks.length - 1);
        while (marks[slot] != 0) {
            if (marks[slot] == mark) {
                return false;
            }
            slot = (slot + 1) & (marks.length - 1);
        }
        marks[slot] = mark;
        return true;
    }

    private void grow() {
        long[] before = marks;
        marks = new long[before.length * 2];
        for (long mark : before) {
            if (mark != 0) {
                put(mark);
            }
        }
    }
}
