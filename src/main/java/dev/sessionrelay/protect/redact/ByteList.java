package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A pair of keys as wallets keep it: 64 numbers of a byte each in brackets. */
final class ByteList {
    static final List<String> BEGINNINGS = beginnings();

    private static final int COUNT = 64;
    private static final int LEAST_DIFFERENT = 30;
    private static final int LONGEST = 640;

    private ByteList() {}

    private static List<String> beginnings() {
        List<String> beginnings = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            beginnings.add("[" + digit + ",");
            for (int next = 0; next < 10 && digit > 0; next++) {
                beginnings.add("[" + digit + next);
            }
        }
        return List.copyOf(beginnings);
    }

    /** Whether it begins here, with the bracket. */
    static boolean isOne(byte[] b, int from, int end) {
        return end(b, from, end) > 0;
    }

    static void look(byte[] b, int from, int end, CommandScan.Secrets secrets) {
        int to = end(b, from, end);
        if (to > 0) {
            secrets.found(from + 1, to);
        }
    }

    private static int end(byte[] b, int from, int end) {
        int stop = Math.min(end, from + LONGEST);
        int at = from + 1;
        int count = 0;
        BitSet seen = new BitSet(256);
        while (at < stop) {
            int number = 0;
            int digits = at;
            while (at < stop && at - digits < 4 && Chars.is(b[at], Chars.DIGIT)) {
                number = number * 10 + b[at++] - '0';
            }
            if (at == digits || number > 255) {
                return -1;
            }
            count++;
            seen.set(number);
            if (at < stop && b[at] == ']') {
                return count == COUNT && seen.cardinality() >= LEAST_DIFFERENT ? at : -1;
            }
            if (at >= stop || b[at] != ',') {
                return -1;
            }
            at++;
            while (at < stop && b[at] == ' ') {
                at++;
            }
        }
        return -1;
    }
}
