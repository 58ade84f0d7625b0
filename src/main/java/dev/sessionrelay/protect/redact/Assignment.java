package dev.sessionrelay.protect.redact;

/**
 * Whether something that could be a secret is assigned to a name that ends here: what all the rules for named secrets
 * have in common. Words such as "key" and "token" are on every page of code, so most of them end here and no pattern is
 * tried. This is a little more generous than the patterns, since it also looks at text with its JSON escapes.
 */
final class Assignment {
    private static final int MOST_BEFORE_OPERATOR = 36;
    private static final int MOST_BEFORE_SECRET = 16;
    private static final int LEAST_SECRET = 8;
    private static final int MOST_OF_USER = 280;

    private Assignment() {}

    /** @param odd whether letters alone do not make a secret */
    static boolean follows(byte[] text, int at, int to, boolean odd) {
        int i = at;
        int stop = Math.min(to, at + MOST_BEFORE_OPERATOR);
        while (i < stop && Chars.is(text[i], Chars.BEFORE_OPERATOR)) {
            i++;
        }
        if (i == stop || !Chars.is(text[i], Chars.OPERATOR)) {
            return false;
        }
        stop = Math.min(to, i + MOST_BEFORE_SECRET);
        while (i < stop && Chars.is(text[i], Chars.BEFORE_SECRET)) {
            // An escaped line break or tab: its letter is not the secret's first.
            i += text[i] == '\\' && i + 1 < stop && isLetterOfEscape(text[i + 1]) ? 2 : 1;
        }
        return isSecret(text, i, to, odd);
    }

    /** Whether a URL's beginning has a user, whose password may be in it as well. */
    static boolean toHost(byte[] text, int at, int to) {
        int stop = Math.min(to, at + MOST_OF_USER);
        boolean colon = false;
        for (int i = at; i < stop; i++) {
            switch (text[i]) {
                case '@' -> {
                    return colon;
                }
                case ':' -> colon = true;
                case '/', ' ', '"', '\'', '\\', '<', '>', '\n' -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean isLetterOfEscape(byte b) {
        return b == 'n' || b == 't' || b == 'r';
    }

    private static boolean isSecret(byte[] text, int from, int to, boolean odd) {
        int stop = Math.min(to, from + 150);
        boolean foundOdd = !odd;
        int i = from;
        while (i < stop && Chars.is(text[i], Chars.SECRET)) {
            foundOdd |= !Chars.is(text[i], Chars.LETTER) && text[i] != '_' && text[i] != '.' && text[i] != '-';
            i++;
            if (foundOdd && i - from >= LEAST_SECRET) {
                return true;
            }
        }
        return false;
    }
}
