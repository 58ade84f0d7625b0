package dev.sessionrelay.protect.redact;

/**
 * Lines of base64 as certificates, public keys and files are written: one below the other, perhaps indented, quoted or
 * with a sign before each. A secret stands alone.
 */
final class Lines64 {
    private static final int LONGEST_LINE = 400;
    private static final int SHORTEST_FULL = 48;
    private static final int LONG_LINE = 60;
    private static final int SHORTEST_LAST = 4;

    private final byte[] b;
    private final int begin;
    private final int end;

    Lines64(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    /** Whether a run of such characters is one line of many. */
    boolean isOneOfMany(int from, int to) {
        if (tail(to) < 0) {
            return false;
        }
        int length = to - from;
        int next = run(head(breakEnd(tail(to))));
        boolean full = isFull(length);
        if (full && (next == length || (next >= SHORTEST_LAST && next < length && isAloneBehind(tail(to))))) {
            return true;
        }
        int line = lineStart(from);
        if (head(line) != from) {
            return false;
        }
        int before = line - 1;
        while (before > begin && (isSuffix(b[before - 1]) || isLetterOfBreak(before - 1))) {
            before--;
        }
        int first = before;
        while (first > begin && before - first < LONGEST_LINE && isBase64(b[first - 1])) {
            first--;
        }
        int previous = before - first;
        if (previous > 0 && b[first] == 'n' && first > begin && b[first - 1] == '\\') {
            previous--;
        }
        return (isFull(previous) && length <= previous)
                || (full && first > begin + 5 && b[before - 1] == '-' && b[before - 2] == '-');
    }

    /** Whole groups of four letters, as many as fit into a line. */
    private static boolean isFull(int length) {
        return length >= LONG_LINE || (length >= SHORTEST_FULL && length % 4 == 0);
    }

    private boolean isAloneBehind(int behind) {
        int start = head(breakEnd(behind));
        return tail(start + run(start)) >= 0;
    }

    /** Behind quotes, commas and the like that end a line; -1 when more follows. */
    private int tail(int from) {
        int at = from;
        while (at < end && at - from < 12) {
            if (b[at] == '\n' || isBreak(at)) {
                return at;
            }
            if (!isSuffix(b[at])) {
                return -1;
            }
            at++;
        }
        return at >= end ? end : -1;
    }

    private boolean isBreak(int at) {
        return at + 1 < end && b[at] == '\\' && (b[at + 1] == 'n' || b[at + 1] == 'r');
    }

    private boolean isLetterOfBreak(int at) {
        return at > begin && b[at] == 'n' && b[at - 1] == '\\';
    }

    private int breakEnd(int from) {
        int at = from;
        while (at < end && at - from < 12 && (b[at] == '\n' || b[at] == '\r' || isBreak(at) || isSuffix(b[at]))) {
            at += isBreak(at) ? 2 : 1;
        }
        return at;
    }

    /** Behind what stands before a line: numbers, signs, quotes, blanks. */
    private int head(int from) {
        int at = from;
        int stop = Math.min(end, from + 48);
        while (at < stop) {
            int number = Views.number(b, at, end);
            if (number > 0) {
                at += number;
            } else if (" \t>|#*\"'`+-,;.".indexOf(b[at]) >= 0
                    || (b[at] == '/' && at + 1 < end && b[at + 1] == '/')
                    || (at > from && b[at] == '/' && b[at - 1] == '/')) {
                at++;
            } else if (b[at] == 'b' && at + 1 < end && (b[at + 1] == '"' || b[at + 1] == '\'')) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private int run(int from) {
        int at = from;
        while (at < end && at - from < LONGEST_LINE && isBase64(b[at])) {
            at++;
        }
        return at - from;
    }

    private int lineStart(int from) {
        int at = from;
        int stop = Math.max(begin, from - 64);
        while (at > stop && b[at - 1] != '\n' && !isLetterOfBreak(at - 1)) {
            at--;
        }
        return at;
    }

    private static boolean isSuffix(byte c) {
        return "\"'`,;+)\\\r \t<".indexOf(c) >= 0;
    }

    private static boolean isBase64(byte c) {
        return Chars.is(c, Chars.LETTER | Chars.DIGIT) || c == '+' || c == '/' || c == '=';
    }
}
