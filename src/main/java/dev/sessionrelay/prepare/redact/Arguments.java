package dev.sessionrelay.prepare.redact;

/** The strings among a call's arguments, all but the first of which may be passwords: {@code login("bob", "x")}. */
final class Arguments {
    private static final int LONGEST = 400;

    private final byte[] b;
    private final int end;
    private final CommandScan.Secrets secrets;

    Arguments(byte[] bytes, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.end = end;
        this.secrets = secrets;
    }

    void look(int from, int to) {
        boolean first = Runs.startsWith(b, from, end, "hmac") || Runs.startsWith(b, from, end, "crypt(");
        int stop = Math.min(end, to + LONGEST);
        int count = 0;
        int depth = 1;
        for (int at = to; at < stop && b[at] != '\n' && depth > 0; at++) {
            byte c = b[at];
            depth += c == '(' ? 1 : c == ')' || c == ';' ? -1 : 0;
            count += c == ',' ? 1 : 0;
            if (c == '"' || c == '\'') {
                int close = at + 1;
                while (close < stop
                        && b[close] != '\n'
                        && (b[close] != c || (b[close - 1] == '\\' && b[at - 1] != '\\'))) {
                    close++;
                }
                if (close >= stop || b[close] != c) {
                    return;
                }
                string(at + 1, close - (b[close - 1] == '\\' ? 1 : 0), count > 0 || first);
                at = close;
            }
        }
    }

    private void string(int from, int to, boolean mayBe) {
        int colon = from;
        while (colon < to && Chars.is(b[colon], Chars.LETTER | Chars.DIGIT)) {
            colon++;
        }
        if (mayBe && colon < to - 6 && b[colon] == ':' && colon > from) {
            secrets.found(colon + 1, to);
        } else if (mayBe) {
            secrets.found(from, to);
        }
    }
}
