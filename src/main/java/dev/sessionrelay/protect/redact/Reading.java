package dev.sessionrelay.protect.redact;

import org.jspecify.annotations.Nullable;

/** Reads a value by the quoting that is in force where it stands. */
final class Reading {
    private static final int LONGEST_QUOTED = 4096;
    private static final int LONGEST_BARE = 1024;

    private final byte[] b;
    private final int begin;
    private final int end;

    Reading(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    @Nullable
    Value at(int start, Value.How how, int nameFrom) {
        int slashes = 0;
        while (start + slashes < end && slashes < 8 && b[start + slashes] == '\\') {
            slashes++;
        }
        int quote = start + slashes;
        if (quote >= end) {
            return null;
        }
        if (b[quote] == '"' || b[quote] == '\'' || b[quote] == '`') {
            Value quoted = quoted(quote, slashes, how);
            if (quoted != null) {
                return quoted;
            }
            return bare(quote + 1, how, nameFrom);
        }
        return bare(start, how, nameFrom);
    }

    private @Nullable Value quoted(int quote, int slashes, Value.How how) {
        byte mark = b[quote];
        int from = quote + 1;
        boolean triple = from + 1 < end && b[from] == mark && b[from + 1] == mark;
        if (triple) {
            from += 2;
        } else if (from < end && b[from] == mark) {
            return new Value(from, from, how, true);
        }
        int stop = Math.min(end, from + LONGEST_QUOTED);
        int likely = -1;
        for (int i = from; i < stop; i++) {
            byte c = b[i];
            if (c == '\n' && !triple) {
                break;
            }
            if (c != mark) {
                continue;
            }
            int before = 0;
            while (i - before > from && b[i - before - 1] == '\\') {
                before++;
            }
            boolean closes = slashes == 0 ? before % 2 == 0 : before <= slashes;
            if (!closes) {
                continue;
            }
            int to = i - (slashes == 0 ? 0 : before);
            if (ends(i + 1)) {
                return new Value(from, to, how, true);
            }
            likely = likely < 0 ? to : likely;
        }
        return likely < 0 ? null : new Value(from, likely, how, true);
    }

    /** Whether what follows a quote says that it was a closing one. */
    private boolean ends(int at) {
        return at >= end || isEnd(b[at]);
    }

    private static boolean isEnd(byte c) {
        return (c >= 0 && c <= ' ') || ",;:)]}>|&\\\"'`+.#/?=".indexOf(c) >= 0 || c < 0;
    }

    private @Nullable Value bare(int from, Value.How how, int nameFrom) {
        int to = from;
        int stop = Math.min(end, from + LONGEST_BARE);
        while (to < stop && (b[to] > ' ' || b[to] < 0) && b[to] != 0x7F) {
            if (b[to] == '<' && to + 1 < end && (b[to + 1] == '/' || Runs.startsWith(b, to, end, "<br"))) {
                break;
            }
            if (b[to] == '\\' && to + 1 < end && isEscape(to)) {
                break;
            }
            if (b[to] == '&' && (how == Value.How.QUERY || startsName(to + 1))) {
                break;
            }
            if ((b[to] == ';' || b[to] == ',') && startsName(to + 1)) {
                break;
            }
            to++;
        }
        int cut = enclosingQuote(from, to, nameFrom);
        to = cut >= 0 ? cut : to;
        to = withoutClosers(from, to);
        return to > from ? new Value(from, to, how, false) : null;
    }

    /** {@code \n}, {@code \r} or {@code \t}, and what may follow a line's end. */
    private boolean isEscape(int at) {
        byte letter = b[at + 1];
        if (letter == '"') {
            return true;
        }
        if (letter != 'n' && letter != 'r' && letter != 't') {
            return false;
        }
        int behind = at + 2;
        return behind >= end || !Chars.is(b[behind], Chars.DIGIT);
    }

    /** Whether {@code name=} stands here, which ends the value before it. */
    private boolean startsName(int at) {
        int i = at;
        while (i < end && i - at < 2 && b[i] == ' ') {
            i++;
        }
        int first = i;
        while (i < end
                && i - first < 32
                && (Chars.is(b[i], Chars.LETTER | Chars.DIGIT) || b[i] == '_' || b[i] == '.')) {
            i++;
        }
        return i > first + 1 && i + 1 < end && b[i] == '=' && b[i + 1] > ' ' && Chars.is(b[first], Chars.LETTER);
    }

    /** Where a quote ends the value that was opened before the name: {@code -e "PASSWORD=x"}. */
    private int enclosingQuote(int from, int to, int nameFrom) {
        for (int i = from; i < to; i++) {
            byte c = b[i];
            if ((c == '"' || c == '\'' || c == '`') && ends(i + 1) && isOpen(c, nameFrom)) {
                return i > from && b[i - 1] == '\\' ? i - 1 : i;
            }
        }
        return -1;
    }

    private boolean isOpen(byte quote, int before) {
        for (int i = before - 1; i >= Math.max(begin, before - 256) && b[i] != '\n'; i--) {
            if (b[i] == quote) {
                return true;
            }
        }
        return false;
    }

    private int withoutClosers(int from, int end1) {
        int to = end1;
        while (to > from) {
            byte c = b[to - 1];
            boolean drops = switch (c) {
                case ',', ';' -> true;
                case ')' -> !holds(from, to, '(');
                case ']' -> !holds(from, to, '[');
                case '}' -> !holds(from, to, '{');
                case '>' -> !holds(from, to, '<');
                case '"', '\'', '`' -> isEndOfPair(from, to, c);
                default -> false;
            };
            if (!drops) {
                return to;
            }
            to--;
        }
        return to;
    }

    private boolean isEndOfPair(int from, int to, byte quote) {
        for (int i = from; i < to - 1; i++) {
            if (b[i] == quote) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(int from, int to, char c) {
        for (int i = from; i < to; i++) {
            if (b[i] == c) {
                return true;
            }
        }
        return false;
    }
}
