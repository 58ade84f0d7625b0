package dev.sessionrelay.cli;

import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.text.SafeText;
import java.util.regex.Pattern;

/** How sizes and commands are written for people. */
final class Format {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+=:,./#-]+");

    private Format() {}

    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** The key as the store has it, which may be a stranger's. */
    static String key(Manifest manifest) {
        return manifest.key().map(key -> SafeText.of(key, 200)).orElse("-");
    }

    /** The argument as a shell reads it back. */
    static String quoted(String argument) {
        return NEEDS_NO_QUOTES.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
