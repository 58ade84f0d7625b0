package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/** What a client tells a server line by line: {@code PASS x}, {@code AUTH x}, {@code a1 LOGIN bob x}. */
final class Dialogue {
    private static final int LONGEST = 200;

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;

    Dialogue(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** @param to behind the blank that ends the verb */
    void look(int from, int to) {
        if (from > begin && (Chars.is(b[from - 1], Chars.LETTER | Chars.DIGIT) || "_-.".indexOf(b[from - 1]) >= 0)) {
            return;
        }
        boolean loud = Wordiness.isUpper((char) b[from]) && Wordiness.isUpper((char) b[to - 2]);
        if (!loud && from > begin && b[from - 1] != '\n') {
            return;
        }
        int at = to;
        int last = to;
        for (int count = 0; count < 2 && at < end; count++) {
            last = at;
            while (at < end && at - last < LONGEST && b[at] > ' ' && b[at] != '"' && !isLineEnd(at)) {
                at++;
            }
            if (at >= end || b[at] != ' ') {
                break;
            }
            at++;
        }
        boolean ends = at >= end || b[at] == '\n' || b[at] == '\r' || b[at] == '"' || isLineEnd(at);
        if (!ends || at == last || b[at - 1] == ' ') {
            return;
        }
        String v = new String(b, last, at - last, StandardCharsets.ISO_8859_1);
        Shape shape = Shape.of(v);
        if (shape.digits() > 0
                && shape.letters() > 0
                && b[to] != '='
                && v.indexOf('=') < 0
                && v.indexOf('(') < 0
                && (loud || !shape.wordy() || shape.digits() > 2)) {
            secrets.found(last, at);
        }
    }

    private boolean isLineEnd(int at) {
        return b[at] == '\\' && at + 1 < end && (b[at + 1] == 'r' || b[at + 1] == 'n');
    }
}
