package dev.sessionrelay.protect.redact;

/**
 * Words that people and generators join to a password: {@code otter-velvet-crumb}, {@code OtterVelvetCrumbDagger}. A
 * name in a program looks the same, so it takes a place where a literal stands.
 */
final class Passphrase {
    private static final int LEAST_WORDS = 3;
    private static final int LEAST_OF_NAMES = 4;
    private static final int SHORTEST = 14;
    private static final int LONGEST = 64;
    private static final int LONGEST_WORD = 14;

    private Passphrase() {}

    /** Only words, and the same sign between all of them or none. */
    static boolean isOne(String v, Shape shape) {
        if (v.length() < SHORTEST
                || v.length() > LONGEST
                || shape.digits() > 0
                || shape.oddSigns() > 0
                || shape.blanks() > 0
                || shape.scraps() > 0) {
            return false;
        }
        char sign = 0;
        int words = 0;
        int at = 0;
        while (at < v.length()) {
            char c = v.charAt(at);
            if (!Wordiness.isLetter(c)) {
                boolean joins = (c == '-' || c == '.' || c == '_') && (sign == 0 || c == sign) && words > 0;
                at++;
                if (!joins || at == v.length() || !Wordiness.isLetter(v.charAt(at))) {
                    return false;
                }
                sign = c;
            }
            int end = Wordiness.pieceEnd(v, at);
            if (end - at > LONGEST_WORD) {
                return false;
            }
            words++;
            at = end;
        }
        // Names in programs are joined in the other ways, and are rarely that long.
        return words >= (sign == '-' ? LEAST_WORDS : LEAST_OF_NAMES);
    }

    /** With dashes, which few languages have in their names. */
    static boolean isDashed(String v, Shape shape) {
        return v.indexOf('-') > 0 && isOne(v, shape);
    }

    /** Letters without words and without an order, at least so many. */
    static boolean isDrawn(String v, Shape shape, int least) {
        return v.length() >= least && shape.letters() == v.length() && !shape.wordy() && shape.words() * 2 < 3;
    }
}
