package dev.sessionrelay.protect.redact;

import java.util.regex.Pattern;

/** What looks like no word only since it is a piece of a program. */
final class ProgramText {
    private static final Pattern CAST = Pattern.compile("\\([A-Za-z_$][\\w$.<>\\[\\]]*[*&]?\\)?[\\w$.]*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\?u[0-9a-fA-F]{4}");

    private ProgramText() {}

    static boolean isIn(String text, boolean quoted) {
        if (text.startsWith("'") && text.endsWith("'") && Wordiness.isWordy(text)) {
            return true;
        }
        if (!quoted
                && (text.endsWith("{")
                        || text.startsWith("[{")
                        || CAST.matcher(text).matches())) {
            return true;
        }
        return text.contains("{}") || isEscapedWord(text) || isForeignWord(text);
    }

    /** Another script's words, as in the messages of a program: no digit among them. */
    private static boolean isForeignWord(String text) {
        return text.chars().anyMatch(c -> c >= 0x80) && text.chars().noneMatch(c -> c >= '0' && c <= '9');
    }

    /** {@code f\u00fcr}, whole or from within the escape on. */
    private static boolean isEscapedWord(String text) {
        if (text.indexOf('u') < 0) {
            return false;
        }
        String letters = ESCAPE.matcher(text).replaceAll("");
        return letters.length() < text.length() && letters.chars().noneMatch(c -> c >= '0' && c <= '9');
    }
}
