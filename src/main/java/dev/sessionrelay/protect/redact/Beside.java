package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A secret that stands right behind or before some words that announce it. */
final class Beside {
    private static final int LONGEST = 80;

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;

    Beside(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** What stands behind words that announce it: {@code IDENTIFIED BY }, {@code pass:}. */
    void behind(int from, int to) {
        byte last = b[to - 1];
        Value value = new Reading(b, begin, end).at(to - (last == '\'' || last == '"' ? 1 : 0), Value.How.OPTION, from);
        if (value == null) {
            return;
        }
        int start = value.from();
        int stop = value.to();
        if (b[from] == ']') {
            start = behindLast(start, stop, ':');
        } else if (last == '}') {
            stop = start + firstOf(start, stop, ':');
        } else if (b[from] == 't') {
            start = behindLast(start, start + firstOf(start, stop, '@'), '/');
            stop = start + firstOf(start, stop, '@');
        }
        while (stop - 2 > start && b[stop - 2] == '\\' && (b[stop - 1] == 'r' || b[stop - 1] == 'n')) {
            stop -= 2;
        }
        if (b[from] == ' ' && b[from + 1] == 'b' && !isBehind(from, "identified")) {
            return;
        }
        if (b[from] == '/'
                && (isAmong(value, '=') || (b[from + 1] == 'p' && b[from + 2] == 'r' && !isBehind(from, "ical")))) {
            return;
        }
        if (!value.quoted() && isAmong(value, '<')) {
            return;
        }
        if (b[from] == ',' && !isBehind(from, "u=")) {
            return;
        }
        boolean typed = b[from] == 's' && b[from + 1] == 'e' && b[from + 2] == 'n';
        if (typed ? stop < value.to() : value.quoted() || last != ' ' || isOdd(start, stop)) {
            secrets.found(start, stop);
        }
    }

    private boolean isAmong(Value value, char sign) {
        return firstOf(value.from(), value.to(), sign) < value.to() - value.from();
    }

    /** Whether this was said shortly before: {@code IDENTIFIED WITH x BY 'y'}. */
    private boolean isBehind(int at, String word) {
        return text(Math.max(begin, at - 64), at).toLowerCase(Locale.ROOT).contains(word);
    }

    private int behindLast(int from, int to, char sign) {
        int i = to;
        while (i > from && b[i - 1] != sign) {
            i--;
        }
        return i;
    }

    /** How far it is to this sign, or to the end. */
    private int firstOf(int from, int to, char sign) {
        int i = from;
        while (i < to && b[i] != sign) {
            i++;
        }
        return i - from;
    }

    private boolean isRandom(int from, int to) {
        Shape shape = Shape.of(text(from, Math.min(to, from + 256)));
        return !shape.wordy() && shape.digits() > 0;
    }

    /** Whether no word of a sentence is written so. */
    private boolean isOdd(int from, int to) {
        Shape shape = Shape.of(text(from, Math.min(to, from + 256)));
        return (!shape.wordy() && shape.digits() > 0)
                || shape.digits() > 1
                || (shape.digits() > 0 && shape.oddSigns() > 0);
    }

    void authorization(int to) {
        int at = to;
        int stop = Math.min(end, to + 12);
        boolean quoted = to < end && b[to] == '"';
        while (at < stop && ("\\\"': =\t".indexOf(b[at]) >= 0 || (quoted && b[at] == ','))) {
            at++;
        }
        if (Runs.startsWith(b, at, end, "value")) {
            at += 5;
            while (at < end && at - to < 24 && "\\\"': =".indexOf(b[at]) >= 0) {
                at++;
            }
        }
        boolean sentence = at == to + 1 && b[to] == ' ';
        int scheme = at;
        while (at < end && at - scheme < 24 && (Chars.is(b[at], Chars.LETTER | Chars.DIGIT) || b[at] == '-')) {
            at++;
        }
        if (at == scheme || at >= end || b[at] != ' ') {
            return;
        }
        Value value = new Reading(b, begin, end).at(at + 1, Value.How.OPTION, scheme);
        if (value != null && !value.quoted() && !(sentence && !isRandom(value.from(), value.to()))) {
            secrets.found(value.from(), value.to());
        }
    }

    /** The string before {@code .toCharArray()}. */
    void string(int to) {
        int close = to - 1;
        if (close <= begin || (b[close] != '"' && b[close] != '\'')) {
            return;
        }
        int open = close - 1;
        while (open > begin && close - open < LONGEST && b[open] != b[close] && b[open] != '\n') {
            open--;
        }
        String text = text(open + 1, close);
        if (b[open] == b[close] && !text.contains("0123") && !text.contains("bcde") && !text.contains("BCDE")) {
            secrets.found(open + 1, close);
        }
    }

    /** {@code app:x@tcp(db)} */
    void before(int to) {
        int from = to;
        int colon = -1;
        while (from > begin && to - from < LONGEST && b[from - 1] > ' ' && "\"'`".indexOf(b[from - 1]) < 0) {
            from--;
            colon = b[from] == ':' ? from : colon;
        }
        if (colon > from) {
            secrets.found(colon + 1, to);
        }
    }

    private String text(int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
