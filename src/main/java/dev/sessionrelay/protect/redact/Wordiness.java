package dev.sessionrelay.protect.redact;

/**
 * Whether letters look like words, as names in programs and prose do, or like what a generator of passwords makes. It
 * knows how often one letter follows another in English, German, French and Spanish text and in identifiers.
 */
final class Wordiness {
    /**
     * For each pair of letters, how much more often it occurs than by chance: 5 is by chance, a step is a factor of
     * 2.
     */
    private static final String[] PAIRS = {
        "15652242504767050767443241",
        "74447232651733640664600242",
        "71437216506642821546521030",
        "64358331721433631564522130",
        "53664442312557342776243531",
        "62446621800523731655611140",
        "63438255600546630663522023",
        "72238211702434721545502040",
        "55655450102658640566150304",
        "72547333633343753363703020",
        "63448344713535642464525031",
        "72357321702623630155521061",
        "75348211602452670253511030",
        "62666472614324530267441032",
        "34553441314668550755645221",
        "72437224602623651756512040",
        "21134111320534121453920400",
        "73558341703454630565432040",
        "51527336614433552367623040",
        "62437316701433630665513152",
        "55545441502667350667111212",
        "72319221711243520332221210",
        "73447326701546632663213220",
        "63647414601452470367310532",
        "64546442501566570576434224",
        "74329314711533630343302045"
    };

    private static final double LEAST = 4.7;
    private static final double LEAST_OF_SHORT = 4.4;

    private Wordiness() {}

    /** Whether nearly all letters are in words, and digits come only at their ends. */
    static boolean isWordy(String text) {
        return Shape.of(text).wordy();
    }

    /** Where a run of digits, a run of one case, or a capitalised word ends; anything else is a piece of its own. */
    static int pieceEnd(String text, int from) {
        char first = text.charAt(from);
        int at = from + 1;
        if (isDigit(first)) {
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            return at;
        }
        if (!isLetter(first)) {
            return at;
        }
        if (isUpper(first)) {
            while (at < text.length() && isUpper(text.charAt(at))) {
                at++;
            }
            if (at - from > 1) {
                // The last capital of DBPassword begins the next word.
                return at < text.length() && isLower(text.charAt(at)) ? at - 1 : at;
            }
        }
        while (at < text.length() && isLower(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static boolean isWord(String text, int from, int to) {
        int sum = 0;
        for (int i = from; i < to - 1; i++) {
            int one = text.charAt(i) | 0x20;
            int next = text.charAt(i + 1) | 0x20;
            sum += PAIRS[one - 'a'].charAt(next - 'a') - '0';
        }
        return sum >= (to - from < 5 ? LEAST_OF_SHORT : LEAST) * (to - from - 1);
    }

    static boolean isLetter(char c) {
        return isLower(c) || isUpper(c);
    }

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
