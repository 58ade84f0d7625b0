package dev.sessionrelay.protect.redact;

/**
 * What a value is made of.
 *
 * @param separators signs that join words
 * @param oddSigns all other signs, and letters beyond ASCII
 * @param changes how often one kind of character follows another
 * @param calls brackets behind a name, as a call has them
 * @param words pieces of letters that look like words
 * @param inWords letters in them
 * @param scraps pieces of letters that are too short to be words
 * @param wordy whether nearly all letters are in words, and digits come only at their ends
 */
record Shape(
        int letters,
        int lower,
        int upper,
        int digits,
        int signs,
        int oddSigns,
        int separators,
        int blanks,
        int changes,
        int calls,
        int words,
        int inWords,
        int scraps,
        boolean wordy) {

    static Shape of(String text) {
        ShapeWalk walk = new ShapeWalk(text);
        int at = 0;
        while (at < text.length()) {
            int end = Wordiness.pieceEnd(text, at);
            walk.piece(at, end);
            at = end;
        }
        return walk.shape();
    }

    boolean mixed() {
        return digits > 0 && letters > 0;
    }

    /** Counts piece by piece: a run of digits, a run of one case, a capitalised word, or one sign. */
    private static final class ShapeWalk {
        private static final int SHORTEST_WORD = 3;

        private final String text;
        private int lower;
        private int upper;
        private int digits;
        private int signs;
        private int odd;
        private int separators;
        private int blanks;
        private int changes;
        private int calls;
        private int inWords;
        private int words;
        private int scraps;
        private int numbers;
        private int before = -1;

        ShapeWalk(String text) {
            this.text = text;
        }

        void piece(int from, int end) {
            char c = text.charAt(from);
            if (Wordiness.isLetter(c)) {
                letters(from, end);
            } else if (Wordiness.isDigit(c)) {
                turn(2);
                digits += end - from;
                numbers++;
            } else {
                turn(3);
                sign(c, from);
            }
        }

        private void turn(int kind) {
            changes += kind != before && before >= 0 ? 1 : 0;
            before = kind;
        }

        private void letters(int from, int end) {
            int capitals = from;
            while (capitals < end && Wordiness.isUpper(text.charAt(capitals))) {
                capitals++;
            }
            if (capitals > from) {
                turn(1);
            }
            if (end > capitals) {
                turn(0);
            }
            upper += capitals - from;
            lower += end - capitals;
            if (end - from < SHORTEST_WORD) {
                scraps++;
            } else if (Wordiness.isWord(text, from, end)) {
                inWords += end - from;
                words++;
            }
        }

        private void sign(char c, int at) {
            if (c <= ' ') {
                blanks++;
                return;
            }
            signs++;
            if ("_-.:/".indexOf(c) >= 0) {
                separators++;
                return;
            }
            odd++;
            calls += (c == '(' || c == '[') && at > 2 && isOfName(text.charAt(at - 1)) && closes(c, at) ? 1 : 0;
        }

        private static boolean isOfName(char c) {
            return Wordiness.isLetter(c) || Wordiness.isDigit(c) || c == '_';
        }

        /** Whether a bracket is closed later or ends the value: then it may be a call. */
        private boolean closes(char c, int at) {
            return text.indexOf(c == '(' ? ')' : ']', at) >= 0 || at == text.length() - 1;
        }

        Shape shape() {
            int letters = lower + upper;
            boolean wordy = letters > 0 && inWords * 4 >= letters * 3 && scraps <= words + 1 && numbers <= words + 1;
            return new Shape(
                    letters,
                    lower,
                    upper,
                    digits,
                    signs,
                    odd,
                    separators,
                    blanks,
                    changes,
                    calls,
                    words,
                    inWords,
                    scraps,
                    wordy);
        }
    }
}
