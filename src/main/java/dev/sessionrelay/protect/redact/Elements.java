package dev.sessionrelay.protect.redact;

import org.jspecify.annotations.Nullable;

/** The texts of XML's elements. */
final class Elements {
    private static final int MOST_BLANKS = 120;

    private final byte[] b;
    private final int begin;
    private final int end;

    Elements(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    int tagEnd(int from) {
        int stop = Math.min(end, from + 120);
        for (int i = from; i < stop; i++) {
            if (b[i] == '>') {
                return i > from && b[i - 1] == '/' ? -1 : i + 1;
            }
            if (b[i] == '<' || b[i] == '\n') {
                return -1;
            }
        }
        return -1;
    }

    boolean isInTag(int nameFrom) {
        for (int i = nameFrom - 1; i >= Math.max(begin, nameFrom - 40); i--) {
            if (b[i] == '<') {
                return true;
            }
            if (!Chars.is(b[i], Chars.LETTER | Chars.DIGIT) && b[i] != ':' && b[i] != '-' && b[i] != '_') {
                return false;
            }
        }
        return false;
    }

    /** {@code <key>password</key><string>x</string>} */
    @Nullable
    Value next(int from) {
        int close = tagEnd(from + 1);
        int open = close < 0 ? end : whiteSpace(close);
        if (open >= end || b[open] != '<' || (open + 1 < end && b[open + 1] == '/')) {
            return null;
        }
        boolean holdsValue = Runs.startsWith(b, open + 1, end, "string>")
                || Runs.startsWith(b, open + 1, end, "value")
                || Runs.startsWith(b, open + 1, end, "data>");
        int tag = holdsValue ? tagEnd(open + 1) : -1;
        return tag < 0 ? null : text(tag);
    }

    @Nullable
    Value text(int behindTag) {
        int from = whiteSpace(behindTag);
        if (Runs.startsWith(b, from, end, "<![CDATA[")) {
            from += 9;
        }
        int to = from;
        int stop = Math.min(end, from + 2048);
        while (to < stop && !(b[to] == '<' && to + 1 < end && b[to + 1] == '/') && b[to] != '\n' && b[to] != '\r') {
            to++;
        }
        if (to == stop && stop < end) {
            return null;
        }
        while (to > from && (b[to - 1] == ' ' || b[to - 1] == '\t')) {
            to--;
        }
        if (to - from > 3 && b[to - 1] == '>' && b[to - 2] == ']' && b[to - 3] == ']') {
            to -= 3;
        }
        return to > from ? new Value(from, to, Value.How.ELEMENT, true) : null;
    }

    private int whiteSpace(int from) {
        int i = from;
        int stop = Math.min(end, from + MOST_BLANKS);
        while (i < stop && Chars.is(b[i], Chars.SPACE)) {
            i++;
        }
        return i;
    }
}
