package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.text.SafeText;
import java.nio.charset.StandardCharsets;

/**
 * The thread that a session belongs to, such as {@code pr-12} or {@code branch-main}. A key points to its latest
 * session.
 */
public record Key(String text) {
    private static final int LONGEST = 200;
    private static final int LONGEST_OF_A_NAME = 160;
    private static final int DIGEST_DIGITS = 16;

    public Key {
        text = text.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    "\"" + SafeText.of(text, 80) + "\" is no key",
                    "a key is a name such as pr-12, issue-34 or branch-main, of up to " + LONGEST + " characters");
        }
    }

    /**
     * A key for what is called so: a branch, a folder. Such a name may be longer than a key, or hold what a key
     * cannot; then what is left of it is followed by its digest, so that no two names get the same key.
     */
    public static Key ofName(String name) {
        String usable = usable(name.strip());
        if (usable.equals(name.strip()) && usable.length() <= LONGEST) {
            return new Key(usable);
        }
        int end = Math.min(usable.length(), LONGEST_OF_A_NAME);
        boolean splitsPair = end < usable.length() && Character.isLowSurrogate(usable.charAt(end));
        String digest = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
        return new Key(usable.substring(0, splitsPair ? end - 1 : end) + "~" + digest.substring(0, DIGEST_DIGITS));
    }

    private static String usable(String name) {
        StringBuilder usable = new StringBuilder(name.length());
        name.chars().forEach(unit -> usable.append(Character.isISOControl(unit) ? '-' : (char) unit));
        return usable.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
