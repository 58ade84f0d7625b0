package dev.sessionrelay.protect.redact;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in long strings that were looked at before. Sessions repeat them: what a tool gave back stands in the
 * message and beside it, and files are read again. A string is recognised by 128 bits that depend on numbers that
 * nobody outside the process knows, so that no text can be made that is taken for another one.
 */
final class Known {
    /** Shorter strings are looked at each time. */
    static final int SHORTEST = 256;

    private static final int SLOTS = 1 << 13;
    private static final int MOST_FOUND = 64;
    private static final long[] SECRET =
            new SecureRandom().longs(4).map(n -> n | 1).toArray();

    private long[] names = new long[0];
    private final List<@Nullable List<KnownFinding>> found = new ArrayList<>();
    private long first;
    private long second;

    /** @param from where the secret begins, from the string's beginning */
    record KnownFinding(int from, int to, String rule, String secret, String replacement) {
        KnownFinding moved(int by) {
            return new KnownFinding(from + by, to + by, rule, secret, replacement);
        }
    }

    /** What was found in this string; null when it is new. */
    @Nullable
    List<KnownFinding> of(byte[] bytes, int from, int to, String name) {
        long a = SECRET[0] ^ (to - from);
        long b = SECRET[1] + name.hashCode() * SECRET[2];
        int at = from;
        for (; at <= to - 8; at += 8) {
            long eight = Swift.eight(bytes, at);
            a = mixed(a ^ eight, SECRET[2]);
            b = mixed(b ^ eight, SECRET[3]);
        }
        for (; at < to; at++) {
            a = mixed(a ^ bytes[at], SECRET[2]);
            b = mixed(b ^ bytes[at], SECRET[3]);
        }
        first = a;
        second = b;
        int slot = slot();
        return slot < found.size() && names[2 * slot] == first && names[2 * slot + 1] == second
                ? found.get(slot)
                : null;
    }

    private static long mixed(long value, long by) {
        return Math.multiplyHigh(value, by) ^ (value * by);
    }

    private int slot() {
        return (int) (first ^ first >>> 32) & (SLOTS - 1);
    }

    /** What was found in the string that was asked for last. */
    void add(List<KnownFinding> all) {
        if (all.size() > MOST_FOUND) {
            return;
        }
        if (found.isEmpty()) {
            names = new long[2 * SLOTS];
            found.addAll(Collections.nCopies(SLOTS, null));
        }
        int slot = slot();
        names[2 * slot] = first;
        names[2 * slot + 1] = second;
        found.set(slot, List.copyOf(all));
    }
}
