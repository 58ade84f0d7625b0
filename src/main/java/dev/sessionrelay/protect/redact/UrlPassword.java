package dev.sessionrelay.protect.redact;

/** The password in a URL: all between the user and the last {@code @} that has a host behind it. */
final class UrlPassword {
    private static final int LONGEST = 280;

    private final byte[] b;
    private final int begin;
    private final int end;

    UrlPassword(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    /** @param to behind the {@code ://} */
    void look(int from, int to, CommandScan.Secrets secrets) {
        if (from == begin || !Chars.is(b[from - 1], Chars.LETTER | Chars.DIGIT)) {
            return;
        }
        int stop = Math.min(end, to + LONGEST);
        int colon = -1;
        int at = -1;
        for (int i = to; i < stop && (b[i] > ' ' || b[i] < 0) && !isClosing(i); i++) {
            if (b[i] == ':' && colon < 0) {
                colon = i;
            } else if ((b[i] == '/' || b[i] == '\\') && colon < 0) {
                return;
            } else if (b[i] == '@' && colon >= 0 && i + 1 < stop && isHost(i + 1)) {
                at = i;
            } else if ((b[i] == '/' || b[i] == '?') && at >= 0) {
                break;
            } else if (Runs.startsWith(b, i, stop, "://")) {
                break;
            }
        }
        if (at < 0 || isPort(colon + 1, at)) {
            return;
        }
        secrets.found(colon + 1, at);
    }

    /** A quote with nothing of a URL behind it. */
    private boolean isClosing(int at) {
        byte c = b[at];
        boolean escaped = c == '"' && at > begin && b[at - 1] == '\\';
        boolean quote = c == '"' || c == '`' || c == '\'';
        boolean last = at + 1 >= end || b[at + 1] <= ' ' || ",;)]}>\\\"'`".indexOf(b[at + 1]) >= 0;
        return escaped || (quote && last);
    }

    private boolean isHost(int from) {
        int i = from;
        int stop = Math.min(end, from + 100);
        while (i < stop && (Chars.is(b[i], Chars.LETTER | Chars.DIGIT) || ".-_[]{}$():".indexOf(b[i]) >= 0)) {
            i++;
        }
        return i > from && (i == end || b[i] <= ' ' || "/?#,\"'`;>\\|&".indexOf(b[i]) >= 0);
    }

    private boolean isPort(int from, int to) {
        int i = from;
        while (i < to && Chars.is(b[i], Chars.DIGIT)) {
            i++;
        }
        return i == to || b[i] == '/';
    }
}
