package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds any of many words in one pass whose speed does not depend on how many there are. A table of all groups of four
 * characters (of the lowest five bits of each, which also makes letters of both cases equal) says in one look whether a
 * word can be here, and only then it is compared. Each word is known by its rarest two neighbouring groups, one of
 * which begins at an even place, so that only every second place is looked at.
 *
 * <p>The table has 128 KB and stays in a fast cache, which is why this is several times as fast as an automaton over
 * all words. Where it says yes, the character before the group is asked before any word is compared.
 */
final class Keywords {

    /** Is told of each word that is there. */
    interface KeywordHits {
        void at(int from, int to, int word);
    }

    private static final int CODES = 1 << 15;
    /** How often a character is in prose and code, by its lowest five bits, in thousandths, roughly. */
    private static final int[] FREQUENCY = {
        30, 60, 15, 35, 32, 100, 20, 15, 35, 60, 3, 6, 35, 25, 60, 65, 25, 2, 60, 60, 75, 25, 9, 10, 6, 12, 3, 5, 10, 8,
        10, 12
    };

    /** For each group, a bit for each character (of its lowest five bits) that a word has before it, and behind it. */
    private final int[] before = new int[CODES];

    private final int[] behind = new int[CODES];
    /** For each group, of each word its offset, its first four characters, which of these count, and its number. */
    private final int[][] chains = new int[CODES][];

    private final List<KeywordEntry> entries = new ArrayList<>();

    private static final class KeywordEntry {
        private final int word;
        private final byte[] text;
        private final boolean anyCase;

        KeywordEntry(int word, byte[] text, boolean anyCase) {
            this.word = word;
            this.text = text;
            this.anyCase = anyCase;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** @param text at least two bytes; in lower case when any case is meant */
    void add(int word, byte[] text, boolean anyCase) {
        switch (text.length) {
            case 2 -> {
                for (int any = 0; any < 32; any++) {
                    add(word, text, anyCase, -1, code(any, text[0], text[1]));
                    add(word, text, anyCase, 0, code(text[0], text[1], any));
                }
            }
            case 3 -> {
                add(word, text, anyCase, 0, code(text, 0));
                for (int any = 0; any < 32; any++) {
                    add(word, text, anyCase, -1, code(any, text[0], text[1]));
                }
            }
            default -> {
                int offset = 0;
                for (int i = 1; i + 4 <= text.length; i++) {
                    if (frequency(text, i) < frequency(text, offset)) {
                        offset = i;
                    }
                }
                add(word, text, anyCase, offset, code(text, offset));
                add(word, text, anyCase, offset + 1, code(text, offset + 1));
            }
        }
    }

    /** @param offset where in the word the three characters of the code begin */
    private void add(int word, byte[] text, boolean anyCase, int offset, int code) {
        before[code] |= offset > 0 ? 1 << text[offset - 1] : -1;
        behind[code] |= offset + 3 < text.length ? 1 << text[offset + 3] : -1;
        int[] chain = chains[code] == null ? new int[0] : chains[code];
        int at = chain.length;
        chain = Arrays.copyOf(chain, at + 4);
        int head = 0;
        int counts = 0;
        for (int i = 0; i < 4; i++) {
            head = head << 5 | (i < text.length ? text[i] & 31 : 0);
            counts = counts << 5 | (i < text.length ? 31 : 0);
        }
        chain[at] = offset;
        chain[at + 1] = head;
        chain[at + 2] = counts;
        chain[at + 3] = entries.size();
        chains[code] = chain;
        entries.add(new KeywordEntry(word, text.clone(), anyCase));
    }

    /** Of the two groups of three that begin here. */
    private static int frequency(byte[] text, int at) {
        int both = FREQUENCY[text[at + 1] & 31] * FREQUENCY[text[at + 2] & 31];
        return both * (FREQUENCY[text[at] & 31] + FREQUENCY[text[at + 3] & 31]);
    }

    private static int code(byte[] text, int at) {
        return code(text[at], text[at + 1], text[at + 2]);
    }

    private static int code(int first, int second, int third) {
        return (first & 31) | ((second & 31) << 5) | ((third & 31) << 10);
    }

    /** @param four four bytes, of which the first is the lowest */
    private static int code(int four) {
        return (four & 31) | ((four >>> 3) & 31 << 5) | ((four >>> 6) & 31 << 10);
    }

    void find(byte[] bytes, int from, int to, KeywordHits hits) {
        int[] table = behind;
        int i = from;
        for (; i < to - 3; i += 2) {
            int four = Swift.four(bytes, i);
            int code = code(four);
            if ((table[code] & (1 << (four >>> 24))) != 0 && (i == from || (before[code] & (1 << bytes[i - 1])) != 0)) {
                compare(bytes, from, to, i, code, hits);
            }
        }
        if (i < to - 2 && table[code(bytes, i)] != 0) {
            compare(bytes, from, to, i, code(bytes, i), hits);
        }
    }

    private void compare(byte[] bytes, int from, int to, int at, int code, KeywordHits hits) {
        int[] chain = chains[code];
        for (int i = chain.length - 4; i >= 0; i -= 4) {
            int start = at - chain[i];
            if (start >= from && (start + 4 > to || ((head(bytes, start) ^ chain[i + 1]) & chain[i + 2]) == 0)) {
                KeywordEntry entry = entries.get(chain[i + 3]);
                if (start + entry.text.length <= to && isAt(bytes, start, entry)) {
                    hits.at(start, start + entry.text.length, entry.word);
                }
            }
        }
    }

    private static int head(byte[] bytes, int at) {
        return ((bytes[at] & 31) << 15)
                | ((bytes[at + 1] & 31) << 10)
                | ((bytes[at + 2] & 31) << 5)
                | (bytes[at + 3] & 31);
    }

    private static boolean isAt(byte[] bytes, int start, KeywordEntry entry) {
        byte[] text = entry.text;
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[start + i];
            if (b != text[i] && !(entry.anyCase && b >= 'A' && b <= 'Z' && b + 32 == text[i])) {
                return false;
            }
        }
        return true;
    }
}
