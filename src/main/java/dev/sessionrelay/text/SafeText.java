package dev.sessionrelay.text;

/**
 * Text from a session or a store made safe for a terminal and a log: one line, no control characters, no endless
 * tail.
 */
public final class SafeText {
    private SafeText() {}

    public static String of(String text, int most) {
        StringBuilder safe = new StringBuilder();
        int shown = 0;
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isIgnorable(character)) {
                continue;
            }
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

    /** The same JSON, in one line, with escapes for what does not show as what it is. Only strings can hold such. */
    public static String inJson(String json) {
        if (json.chars().allMatch(character -> ' ' <= character && character < 0x7F)) {
            return json;
        }
        StringBuilder safe = new StringBuilder();
        json.codePoints().forEach(character -> {
            if (character == ' ' || !isInvisible(character)) {
                safe.appendCodePoint(character);
            } else {
                for (char unit : Character.toChars(character)) {
                    safe.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return safe.toString();
    }

    /** Whether a character is none that a person sees: it drives a terminal, makes text lie, or hides in it. */
    public static boolean isInvisible(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || isUnprintable(character)
                || isIgnorable(character);
    }

    /**
     * Control characters drive terminals; format characters (direction marks and the like) make text lie; and nobody
     * knows how others show what has no meaning of its own.
     */
    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Those that show nothing, or only change the look of what stands before them, and can hide any text. */
    private static boolean isIgnorable(int character) {
        return switch (character) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                isIn(character, 0x180B, 0x180F) || isIn(character, 0xFE00, 0xFE0F) || isIn(character, 0xE0000, 0xE0FFF);
        };
    }

    private static boolean isIn(int character, int first, int last) {
        return first <= character && character <= last;
    }
}
