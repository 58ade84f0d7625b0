package dev.sessionrelay.store;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;

/**
 * One line of text that names a stored session exactly, in any store: {@code folder:/var/sessions/<id>}. What follows the
 * scheme is the store's own affair.
 */
public record Ref(String scheme, String rest) {

    public static Ref parse(String text) {
        String line = text.strip();
        int colon = line.indexOf(':');
        if (colon < 1 || colon == line.length() - 1 || line.chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    "\"" + Printable.of(text, 120) + "\" is no ref",
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
