package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/** A column whose heading says that it holds secrets: in a table, in CSV, in the values of an INSERT. */
final class Columns {
    private static final int MOST_LINES = 64;
    private static final int LONGEST_LINE = 2000;

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;
    private boolean found;

    Columns(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** Whether the name that stands here heads a column, and something was found in it. */
    boolean look(int from, int to) {
        int before = from - 1;
        while (before >= begin && " \"`'*".indexOf(b[before]) >= 0) {
            before--;
        }
        int after = to;
        while (after < end && " \"`'*\r".indexOf(b[after]) >= 0) {
            after++;
        }
        byte left = before < begin ? (byte) '\n' : b[before];
        byte right = after >= end ? 0 : b[after];
        byte sign = "|,\t".indexOf(left) >= 0 ? left : right;
        boolean closes = right == sign || right == '\n' || right == ')';
        boolean opens = left == sign || left == '\n' || left == '(';
        if ("|,\t".indexOf(sign) < 0
                || !closes
                || !opens
                || (sign != '|' && left != '(' && right != ')' && !isHeading(from, sign) && !isInBrackets(from))) {
            return false;
        }
        int column = 0;
        int line = from;
        while (line > begin && b[line - 1] != '\n' && b[line - 1] != '(' && from - line < LONGEST_LINE) {
            line--;
            column += b[line] == sign ? 1 : 0;
        }
        if (line > begin && b[line - 1] == '(') {
            values(after, column);
        } else {
            int next = to;
            while (next < end && b[next] != '\n' && next - to < LONGEST_LINE) {
                next++;
            }
            lines(next, sign, column);
        }
        return found;
    }

    /** Whether only names stand before it in its brackets. */
    private boolean isInBrackets(int from) {
        int at = from - 1;
        while (at >= begin
                && from - at < 400
                && (Chars.is(b[at], Chars.LETTER | Chars.DIGIT) || "_ ,\"`".indexOf(b[at]) >= 0)) {
            at--;
        }
        return at >= begin && b[at] == '(';
    }

    /** Whether a whole line is made of names and this sign between them: behind the last name it makes no column. */
    private boolean isHeading(int from, byte sign) {
        int signs = 0;
        for (int step : new int[] {-1, 1}) {
            for (int i = from; i >= begin && i < end && b[i] != '\n'; i += step) {
                boolean name = Chars.is(b[i], Chars.LETTER | Chars.DIGIT)
                        || b[i] == '_'
                        || b[i] == '-'
                        || b[i] == '"'
                        || b[i] == '\r';
                signs += b[i] == sign && !isLast(i) ? 1 : 0;
                boolean between = b[i] == sign || (b[i] == ' ' && i > begin && b[i - 1] != sign);
                if (Math.abs(i - from) > 400 || !(name || between)) {
                    return false;
                }
            }
        }
        return signs > 0;
    }

    private boolean isLast(int sign) {
        return sign + 1 == end || b[sign + 1] == '\n' || b[sign + 1] == '\r';
    }

    private void values(int from, int column) {
        int at = from;
        int stop = Math.min(end, from + 400);
        while (at < stop && b[at] != ')') {
            at++;
        }
        while (at < stop && b[at] != '(') {
            at++;
        }
        for (int count = 0; count < MOST_LINES && at < end && b[at] == '('; count++) {
            int place = 0;
            at++;
            while (at < end && b[at] != ')' && b[at] != '\n') {
                int start = at;
                if (b[at] == '\'' || b[at] == '"') {
                    at++;
                    while (at < end && b[at] != b[start] && b[at] != '\n') {
                        at++;
                    }
                    if (place == column) {
                        cell(start + 1, at);
                    }
                }
                place += at < end && b[at] == ',' ? 1 : 0;
                at++;
            }
            while (at < end && "), \n\t".indexOf(b[at]) >= 0) {
                at++;
            }
        }
    }

    private void lines(int from, byte sign, int column) {
        int at = from;
        for (int count = 0; count < MOST_LINES && at < end; count++) {
            at++;
            int place = 0;
            int start = at;
            int first = at;
            boolean quoted = false;
            while (at < end && b[at] != '\n' && at - first < LONGEST_LINE) {
                quoted ^= b[at] == '"' && sign == ',';
                if (b[at] == sign && !quoted) {
                    if (place == column) {
                        cell(start, at);
                    }
                    place++;
                    start = at + 1;
                }
                at++;
            }
            if (place == column && at - first < LONGEST_LINE) {
                cell(start, at);
            }
            if (at == first || (place == 0 && b[first] != '+' && b[first] != '-')) {
                return;
            }
        }
    }

    private void cell(int start, int stop) {
        int from = start;
        int to = stop;
        while (from < to && " \"`'*".indexOf(b[from]) >= 0) {
            from++;
        }
        while (to > from && " \"`'*\r".indexOf(b[to - 1]) >= 0) {
            to--;
        }
        String v = new String(b, from, Math.min(512, to - from), StandardCharsets.ISO_8859_1);
        Shape shape = Shape.of(v);
        if (shape.digits() > 0
                && !v.startsWith("/")
                && Plausible.isSecret(v, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)) {
            secrets.found(from, to);
            found = true;
        }
    }
}
