package dev.sessionrelay.plan;

import java.util.Optional;

/**
 * What surrounds a block's fields: {@code <details>}, a summary in either of erk's forms, and a fence. It is read by
 * hand, since a regular expression of it needs time without end where somebody wrote thousands of spaces.
 *
 * @param yamlFrom where the fields begin in the text
 * @param yamlTo where they end
 */
record BlockFrame(int yamlFrom, int yamlTo) {
    private static final String FENCE = "```";

    /** The frame that fills the text between these two places; empty where it is another text. */
    static Optional<BlockFrame> in(String text, int from, int to) {
        FrameWalk walk = new FrameWalk(text, from, to);
        boolean begins = walk.skipSpace()
                && walk.take("<details")
                && walk.skipSpaceAnd("open")
                && walk.take(">")
                && walk.skipSpace()
                && walk.take("<summary>")
                && walk.mayTake("<code>")
                && walk.takeText()
                && walk.mayTake("</code>")
                && walk.take("</summary>")
                && walk.skipSpace()
                && walk.take(FENCE + "yaml")
                && walk.skipSpace();
        boolean ends = begins && walk.takeBack("</details>") && walk.takeBack(FENCE);
        return ends ? Optional.of(new BlockFrame(walk.at, walk.end())) : Optional.empty();
    }

    /** Goes through the text from both ends, each character once. */
    private static final class FrameWalk {
        private final String text;
        private int at;
        private int to;

        FrameWalk(String text, int from, int to) {
            this.text = text;
            this.at = from;
            this.to = to;
        }

        boolean skipSpace() {
            while (at < to && isSpace(text.charAt(at))) {
                at++;
            }
            return true;
        }

        boolean take(String word) {
            if (!text.startsWith(word, at) || at + word.length() > to) {
                return false;
            }
            at += word.length();
            return true;
        }

        boolean mayTake(String word) {
            take(word);
            return true;
        }

        /** A word that need not be there, and has a space before it where it is. */
        boolean skipSpaceAnd(String word) {
            int before = at;
            skipSpace();
            if (at == before || !take(word)) {
                at = before;
            }
            return true;
        }

        boolean takeText() {
            int before = at;
            while (at < to && text.charAt(at) != '<') {
                at++;
            }
            return at > before;
        }

        boolean takeBack(String word) {
            int end = end();
            if (end - word.length() < at || !text.startsWith(word, end - word.length())) {
                return false;
            }
            to = end - word.length();
            return true;
        }

        int end() {
            while (to > at && isSpace(text.charAt(to - 1))) {
                to--;
            }
            return to;
        }

        private static boolean isSpace(char c) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
    }
}
