package dev.sessionrelay.protect.redact;

/**
 * Single bytes as URLs escape them (by a percent sign), pages (by a number or a name) and programs (by a backslash).
 */
final class Escapes {
    private static final String[] ENTITIES = {"\"&quot;", "'&apos;", "&&amp;", "<&lt;", ">&gt;"};

    private Escapes() {}

    /** How long the escape of a printable character is that begins here; 0 where there is none. */
    static int length(byte[] b, int at, int end) {
        int length = switch (b[at]) {
            case '%' -> isHex(b, at + 1, end, 2) ? 3 : 0;
            case '&' -> entity(b, at, end);
            case '\\' -> escape(b, at, end);
            default -> 0;
        };
        if (length == 0) {
            return 0;
        }
        byte decoded = decoded(b, at, length);
        boolean printable = decoded >= 32 && decoded < 0x7F;
        return (printable || decoded == 0x1B) ? length : 0;
    }

    private static int escape(byte[] b, int at, int end) {
        byte kind = at + 1 < end ? b[at + 1] : 0;
        if (kind == 'x' && isHex(b, at + 2, end, 2)) {
            return 4;
        }
        if (kind == 'u' && isHex(b, at + 2, end, 4) && b[at + 2] == '0' && b[at + 3] == '0') {
            return 6;
        }
        boolean octal = at + 3 < end && (kind == '0' || kind == '1') && isOctal(b[at + 2]) && isOctal(b[at + 3]);
        return octal ? 4 : 0;
    }

    private static int entity(byte[] b, int at, int end) {
        if (at + 1 < end && b[at + 1] == '#') {
            int i = at + 2;
            boolean hex = i < end && (b[i] == 'x' || b[i] == 'X');
            i += hex ? 1 : 0;
            int first = i;
            while (i < end && i - first < 4 && Character.digit(b[i], hex ? 16 : 10) >= 0) {
                i++;
            }
            return i > first && i < end && b[i] == ';' ? i + 1 - at : 0;
        }
        for (String entity : ENTITIES) {
            if (Runs.startsWith(b, at, end, entity.substring(1))) {
                return entity.length() - 1;
            }
        }
        return 0;
    }

    static byte decoded(byte[] b, int at, int length) {
        return switch (b[at]) {
            case '%' -> (byte) number(b, at + 1, at + 3, 16);
            case '&' -> {
                if (b[at + 1] == '#') {
                    boolean hex = b[at + 2] == 'x' || b[at + 2] == 'X';
                    int value = number(b, at + (hex ? 3 : 2), at + length - 1, hex ? 16 : 10);
                    yield value < 0x7F ? (byte) value : 0;
                }
                for (String entity : ENTITIES) {
                    if (entity.length() - 1 == length && b[at + 1] == entity.charAt(2)) {
                        yield (byte) entity.charAt(0);
                    }
                }
                yield 0;
            }
            default ->
                (byte)
                        (length == 4 && b[at + 1] != 'x'
                                ? number(b, at + 1, at + 4, 8)
                                : number(b, at + 2, at + length, 16));
        };
    }

    private static boolean isHex(byte[] b, int from, int end, int digits) {
        for (int i = from; i < from + digits; i++) {
            if (i >= end || Character.digit(b[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOctal(byte c) {
        return c >= '0' && c <= '7';
    }

    private static int number(byte[] b, int from, int to, int radix) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * radix + Character.digit(b[i], radix);
        }
        return value;
    }
}
