package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/** The words of a sentence, one after the other, each without the quotes and marks around it. */
final class Words {
    private static final int LONGEST = 256;
    private static final String MARKS = "\"'`*_)]";

    private final byte[] b;
    private final int begin;
    private final int end;
    /** Where the word stands, with all that touches it. */
    private int from;

    private int to;
    private String lower = "";

    Words(byte[] bytes, int begin, int end, int at) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.from = at;
        this.to = at;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** In small letters of ASCII; a letter for each byte. */
    String lower() {
        return lower;
    }

    /** Goes on to the next word of the line, or of the next ones; false where there is none. */
    boolean next(boolean overLines) {
        int at = to;
        while (at < end && (b[at] == ' ' || b[at] == '\t' || (overLines && (b[at] == '\n' || b[at] == '\r')))) {
            at++;
        }
        from = at;
        while (at < end && at - from < LONGEST && (b[at] > ' ' || b[at] < 0)) {
            at++;
        }
        return take(at);
    }

    boolean previous() {
        int at = from;
        while (at > begin && (b[at - 1] == ' ' || b[at - 1] == '\t')) {
            at--;
        }
        to = at;
        while (at > begin && to - at < LONGEST && (b[at - 1] > ' ' || b[at - 1] < 0)) {
            at--;
        }
        from = at;
        return take(to);
    }

    private boolean take(int stop) {
        to = stop;
        int first = from;
        int last = to;
        while (first < last && "\"'`*_([".indexOf(b[first]) >= 0) {
            first++;
        }
        while (last > first + 1 && MARKS.indexOf(b[last - 1]) >= 0) {
            last--;
        }
        lower = lower(b, first, last);
        return to > from;
    }

    /** Whether it ends a sentence. */
    boolean ends() {
        return to > from && (b[to - 1] == '.' || b[to - 1] == '?') && to - from > 1;
    }

    boolean opensBracket() {
        return to > from && b[from] == '(';
    }

    boolean closesBracket() {
        for (int i = Math.max(from, to - 3); i < to; i++) {
            if (b[i] == ')') {
                return true;
            }
        }
        return false;
    }

    static String lower(byte[] b, int from, int to) {
        StringBuilder text = new StringBuilder(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                text.setCharAt(i, (char) (c + 32));
            }
        }
        return text.toString();
    }
}
