package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;

/**
 * One line of text that names a stored session exactly, in any store: {@code folder:/var/sessions/<id>}. What follows
 * the scheme is the store's own affair.
 */
public record Ref(String scheme, String rest) {
    /** A path and a branch have at most some hundred letters each, and what reads refs may take its time for each. */
    private static final int LONGEST = 4096;

    public static Ref parse(String text) {
        if (text.length() > LONGEST) {
            throw Failure.badInput(
                    "a text of " + text.length() + " characters is not a ref (\"" + SafeText.of(text, 60) + "\")",
                    "a ref is one line, as `save` prints it; `session-relay list` shows those of a store");
        }
        String line = text.strip();
        int colon = line.indexOf(':');
        if (colon < 1 || colon == line.length() - 1 || line.chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    "\"" + SafeText.of(text, 120) + "\" is no ref",
                    "a ref is what `save` prints, such as folder:/path/to/store/<session id>; `session-relay list` shows"
                            + " those of a store");
        }
        return new Ref(line.substring(0, colon), line.substring(colon + 1));
    }

    @Override
    public String toString() {
        return scheme + ":" + rest;
    }
}
