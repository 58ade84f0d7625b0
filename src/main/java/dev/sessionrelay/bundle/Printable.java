package dev.sessionrelay.bundle;

/** Text from a session or a store made safe for a terminal and a log: one line, no control characters, no endless tail. */
public final class Printable {
    private Printable() {}

    public static String of(String text, int most) {
        StringBuilder safe = new StringBuilder();
        int shown = 0;
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (Character.isWhitespace(character) || isUnprintable(character)) {
                gap = !safe.isEmpty();
                continue;
            }
            if (shown + (gap ? 1 : 0) >= most) {
                return safe.append('…').toString();
            }
            if (gap) {
                safe.append(' ');
                shown++;
                gap = false;
            }
            safe.appendCodePoint(character);
            shown++;
        }
        return safe.toString();
    }

    /** Control characters drive terminals; format characters (direction marks and the like) make text lie. */
    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
