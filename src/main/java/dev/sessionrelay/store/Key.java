package dev.sessionrelay.store;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;

/** The thread that a session belongs to, such as {@code pr-12} or {@code branch-main}. A key points to its latest session. */
public record Key(String text) {
    private static final int LONGEST = 200;

    public Key {
        text = text.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    "\"" + Printable.of(text, 80) + "\" is no key",
                    "a key is a name such as pr-12, issue-34 or branch-main, of up to " + LONGEST + " characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
