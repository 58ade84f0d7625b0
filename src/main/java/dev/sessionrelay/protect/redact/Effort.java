package dev.sessionrelay.protect.redact;

/**
 * How closely a text is looked at. Where the words that may tell a secret stand as densely as nobody writes them, those
 * that an earlier one read over already are left out, so that the work stays in proportion to the text.
 */
final class Effort {
    /** What may be spent at once, and for each character that the search goes on, in characters that are looked at. */
    private static final int AT_ONCE = 1 << 19;

    private static final int EACH = 16;

    private long left = AT_ONCE;
    private int cameTo;
    private int readTo;

    Effort(int begin) {
        cameTo = begin;
        readTo = begin;
    }

    /** Whether a word that stands here is to be looked at. */
    boolean allows(int at) {
        if (at > cameTo) {
            left = Math.min(AT_ONCE, left + (long) EACH * (at - cameTo));
            cameTo = at;
        }
        return left > 0 || at >= readTo;
    }

    /**
     * A word was looked at.
     *
     * @param to up to where
     * @param cost in characters
     */
    void spend(int to, int cost) {
        left -= cost;
        readTo = Math.max(readTo, to);
    }
}
