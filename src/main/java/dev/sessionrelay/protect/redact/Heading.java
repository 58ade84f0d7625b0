package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/** Whether a name may head a column: in a table, in CSV, in the values of an INSERT. */
final class Heading {
    private static final byte[] VALUES = "values".getBytes(StandardCharsets.US_ASCII);
    private static final String SEPARATORS = "|,\t";
    /** How far the values may be from the name of their column, and how long a line of names is. */
    private static final int REACH = 300;

    private Heading() {}

    /**
     * @param from where the word that tells of a secret begins, perhaps within the name
     * @param to where the name ends
     */
    static boolean isAt(byte[] text, int begin, int from, int to, int end) {
        int left = from - 1;
        while (left >= begin && left > from - REACH && isOfName(text[left])) {
            left--;
        }
        int right = to;
        while (right < end && right < to + REACH && " \"`'*".indexOf(text[right]) >= 0) {
            right++;
        }
        while (left >= begin && left > from - REACH && " \"`'*".indexOf(text[left]) >= 0) {
            left--;
        }
        char before = left < begin ? '\n' : (char) text[left];
        char after = right >= end || text[right] == '\r' ? '\n' : (char) text[right];
        boolean parted = SEPARATORS.indexOf(before) >= 0 || SEPARATORS.indexOf(after) >= 0;
        if (!parted || (SEPARATORS + "(\n").indexOf(before) < 0 || (SEPARATORS + ")\n").indexOf(after) < 0) {
            return false;
        }
        if (before == '|' || after == '|') {
            return true;
        }
        return areNames(text, Math.max(begin, left - REACH), left, right, Math.min(end, right + REACH))
                || hasValues(text, right, Math.min(end, right + REACH));
    }

    /** Whether nothing but names and what parts them stands on both sides, up to the ends of the line. */
    private static boolean areNames(byte[] text, int first, int left, int right, int last) {
        for (int at = left; at >= first && text[at] != '\n'; at--) {
            if (!isInHeading(text[at])) {
                return false;
            }
        }
        for (int at = right; at < last && text[at] != '\n'; at++) {
            if (!isInHeading(text[at])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInHeading(byte c) {
        return isOfName(c) || ", \t\"\r".indexOf(c) >= 0;
    }

    private static boolean hasValues(byte[] text, int from, int to) {
        for (int at = from; at + VALUES.length <= to; at++) {
            int i = 0;
            while (i < VALUES.length && (text[at + i] | 0x20) == VALUES[i]) {
                i++;
            }
            if (i == VALUES.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfName(byte c) {
        return Chars.is(c, Chars.LETTER | Chars.DIGIT) || c == '_' || c == '-' || c == '.';
    }
}
