package dev.sessionrelay.protect.redact;

/** The strings among a call's arguments, some of which may be passwords: {@code login("bob", "x")}. */
final class Arguments {
    private static final int LONGEST = 400;
    private static final int LONGEST_NAME = 40;

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;

    /** Which of the strings may be secrets. */
    enum Which {
        ALL_BUT_FIRST,
        ALL,
        /** Also those that a name is given. */
        NAMED_TOO,
        /** What follows a user and a colon. */
        IN_PAIRS
    }

    Arguments(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** Whether any string stands near; the text may have its JSON escapes. */
    static boolean follow(byte[] text, int to, int end) {
        int stop = Math.min(end, to + LONGEST);
        for (int i = to; i < stop; i++) {
            if (text[i] == '"' || text[i] == '\'' || text[i] == '`') {
                return true;
            }
            if (text[i] == ';') {
                return false;
            }
        }
        return false;
    }

    void look(int from, int to, Which which) {
        if (isNameGoingOn(from)) {
            return;
        }
        int stop = Math.min(end, to + LONGEST);
        boolean first = which != Which.ALL_BUT_FIRST;
        int depth = 1;
        for (int at = to; at < stop && depth > 0; at++) {
            byte c = b[at];
            depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
            if (c == ';' || (c == '>' && b[at - 1] == '=' && Runs.startsWith(b, at + 1, stop, " {"))) {
                return;
            }
            first |= c == ',';
            if (c == '"' || c == '\'' || c == '`') {
                int close = closing(at, stop);
                if (close < 0) {
                    return;
                }
                if (first && (which == Which.NAMED_TOO || !isNamed(at, to))) {
                    string(at + 1, close - (b[close - 1] == '\\' ? 1 : 0), which == Which.IN_PAIRS);
                }
                at = close;
            }
        }
    }

    /** {@code redesign(} is not {@code sign(}, but {@code sftp_login(} is {@code login(}. */
    private boolean isNameGoingOn(int from) {
        return from > begin
                && Wordiness.isLower((char) b[from])
                && Wordiness.isLower((char) b[from - 1])
                && from - begin > 1
                && Wordiness.isLower((char) b[from - 2]);
    }

    private int closing(int quote, int stop) {
        int close = quote + 1;
        while (close < stop
                && b[close] != '\n'
                && (b[close] != b[quote] || (b[close - 1] == '\\' && b[quote - 1] != '\\'))) {
            close++;
        }
        return close < stop && b[close] == b[quote] ? close : -1;
    }

    /** Whether it is assigned to a name, which tells by itself what it is. */
    private boolean isNamed(int quote, int to) {
        int i = quote - 1;
        while (i >= to && (b[i] == ' ' || b[i] == '>')) {
            i--;
        }
        if (i < to || (b[i] != '=' && b[i] != ':')) {
            return false;
        }
        int name = i - 1;
        while (name >= to && i - name < LONGEST_NAME && b[name] == ' ') {
            name--;
        }
        return name >= to && (Chars.is(b[name], Chars.LETTER | Chars.DIGIT) || b[name] == '_');
    }

    /** {@code Proxy-Authorization} */
    private boolean isHeader(int from, int to) {
        int dashes = 0;
        for (int i = from; i < to; i++) {
            dashes += b[i] == '-' ? 1 : 0;
            if (b[i] != '-' && !Chars.is(b[i], Chars.LETTER)) {
                return false;
            }
        }
        return dashes == 1;
    }

    private void string(int from, int to, boolean inPair) {
        int colon = from;
        while (colon < to && (Chars.is(b[colon], Chars.LETTER | Chars.DIGIT) || "._@-".indexOf(b[colon]) >= 0)) {
            colon++;
        }
        if (colon < to - 6 && b[colon] == ':' && colon > from) {
            secrets.found(colon + 1, to);
        } else if (!inPair && !isHeader(from, to)) {
            secrets.found(from, to);
        }
    }
}
