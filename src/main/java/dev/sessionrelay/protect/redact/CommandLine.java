package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The words of a command that stands in a text, as a shell would take them, up to the command's end. */
final class CommandLine {
    private static final int MOST_WORDS = 64;
    private static final int LONGEST = 2048;

    private final byte[] b;
    private final int start;
    private final int end;
    private final List<ArgumentWord> words = new ArrayList<>();

    /**
     * An argument without its quotes.
     *
     * @param to where it ends, or the quotes around it begin to close
     */
    record ArgumentWord(int from, int to, boolean quoted, String text) {}

    CommandLine(byte[] bytes, int from, int textEnd) {
        this.b = bytes;
        this.start = from;
        this.end = Math.min(textEnd, from + LONGEST);
        read(from);
    }

    List<ArgumentWord> words() {
        return words;
    }

    /** How far the command was read. */
    int readTo() {
        return words.isEmpty() ? start : words.getLast().to();
    }

    private ArgumentWord of(int from, int to, boolean quoted) {
        return new ArgumentWord(from, to, quoted, new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private void read(int from) {
        int at = from;
        while (words.size() < MOST_WORDS) {
            at = blanks(at);
            if (at >= end || b[at] == '\n' || b[at] == '\r' || b[at] == 0) {
                return;
            }
            int next = word(at);
            if (isEndOfCommand(at, next)) {
                return;
            }
            at = Math.max(next, at + 1);
        }
    }

    /** Blanks, and line breaks behind a backslash. */
    private int blanks(int from) {
        int at = from;
        while (at < end) {
            if (b[at] == ' ' || b[at] == '\t') {
                at++;
            } else if (b[at] == '\\' && at + 1 < end && (b[at + 1] == '\n' || b[at + 1] == '\r')) {
                at += 2;
            } else {
                return at;
            }
        }
        return at;
    }

    private boolean isEndOfCommand(int from, int to) {
        if (to - from == 1 && "|;&".indexOf(b[from]) >= 0) {
            words.removeLast();
            return true;
        }
        if (to - from == 2 && (b[from] == '|' || b[from] == '&') && b[from + 1] == b[from]) {
            words.removeLast();
            return true;
        }
        return to - from > 1 && b[to - 1] == ';' && !words.getLast().quoted();
    }

    private int word(int from) {
        int at = from;
        while (at < end && (b[at] > ' ' || b[at] < 0)) {
            byte c = b[at];
            boolean opens = (c == '"' || c == '\'') && (at == from || isBeforeQuote(b[at - 1], at - from));
            int closing = opens ? closing(at) : -1;
            if (closing >= 0) {
                if (at == from) {
                    words.add(of(from + 1, closing, true));
                    return closing + 1;
                }
                words.add(of(from, closing + 1, true));
                return closing + 1;
            }
            if (c == '\\' && at + 1 < end && (b[at + 1] == '\n' || b[at + 1] == '"')) {
                break;
            }
            at++;
        }
        int to = at;
        while (to > from + 1 && "\"';),`\\".indexOf(b[to - 1]) >= 0 && !isClosed(from, to)) {
            to--;
        }
        words.add(of(from, to, false));
        return at;
    }

    private static boolean isBeforeQuote(byte c, int length) {
        return c == '=' || c == ':' || length == 2;
    }

    private boolean isClosed(int from, int to) {
        byte c = b[to - 1];
        byte open = c == ')' ? (byte) '(' : c;
        if (c == ';' || c == ',' || c == '\\') {
            return false;
        }
        for (int i = from; i < to - 1; i++) {
            if (b[i] == open) {
                return true;
            }
        }
        return false;
    }

    /** The quote that closes the one that stands here, and has a word's end behind it; or -1. */
    private int closing(int quote) {
        int likely = -1;
        for (int i = quote + 1; i < end && b[i] != '\n'; i++) {
            if (b[i] == '\\' && b[quote] == '"') {
                i++;
            } else if (b[i] == b[quote]) {
                boolean ends = i + 1 >= end || b[i + 1] <= ' ' || ";)|&\"'\\,`]".indexOf(b[i + 1]) >= 0;
                if (ends) {
                    return i;
                }
                likely = likely < 0 ? i : likely;
            }
        }
        return likely;
    }
}
