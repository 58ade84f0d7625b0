package dev.sessionrelay.protect.redact;

/** What stands at a place of a text, which ends somewhere. */
final class Signs {
    private static final int MOST_BLANKS = 40;

    private Signs() {}

    /** In any case. */
    static boolean isAt(byte[] b, int end, int at, String word) {
        if (at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = b[at + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isQuote(byte[] b, int end, int i) {
        int at = i;
        while (at < end && at - i < 4 && b[at] == '\\') {
            at++;
        }
        return at < end && (b[at] == '"' || b[at] == '\'' || b[at] == '`');
    }

    static int blanks(byte[] b, int end, int from) {
        int i = from;
        int stop = Math.min(end, from + MOST_BLANKS);
        while (i < stop && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    static int whiteSpace(byte[] b, int end, int from) {
        int i = from;
        int stop = Math.min(end, from + 3 * MOST_BLANKS);
        while (i < stop && Chars.is(b[i], Chars.SPACE)) {
            i++;
        }
        return i;
    }
}
