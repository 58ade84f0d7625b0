package dev.sessionrelay.protect.redact;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** Text in base64. */
final class Base64Text {
    /** Shorter pieces are not decoded. */
    static final int SHORTEST = 28;

    private Base64Text() {}

    /** Whether the beginning of this decodes to text, so that decoding all of it is worth while. */
    static boolean startsAsText(byte[] base64) {
        byte[] beginning = new byte[16];
        System.arraycopy(base64, 0, beginning, 0, Math.min(16, base64.length));
        try {
            return base64.length >= 16 && isText(Base64.getDecoder().decode(beginning));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a piece of this run of a token's characters may be text in base64. */
    static boolean holdsText(byte[] bytes, int from, int to) {
        int first = from;
        for (int i = from; i <= to; i++) {
            if (i == to || !isOf(bytes[i])) {
                if (i - first >= SHORTEST && startsAsText(bytes, first)) {
                    return true;
                }
                first = i + 1;
            }
        }
        return false;
    }

    /** Whether this is a digit of base64, in either alphabet. */
    static boolean isOf(byte b) {
        return Chars.is(b, Chars.LETTER | Chars.DIGIT) || b == '+' || b == '/' || b == '-' || b == '_';
    }

    private static boolean startsAsText(byte[] bytes, int from) {
        byte[] beginning = new byte[16];
        for (int i = 0; i < 16; i++) {
            byte b = bytes[from + i];
            beginning[i] = b == '-' ? (byte) '+' : b == '_' ? (byte) '/' : b;
        }
        return startsAsText(beginning) || startsAsUnits(beginning);
    }

    /** Whether the beginning of this decodes to ASCII in units of two bytes. */
    static boolean startsAsUnits(byte[] base64) {
        if (base64.length < 16) {
            return false;
        }
        byte[] beginning = Arrays.copyOf(base64, 16);
        try {
            byte[] decoded = Base64.getDecoder().decode(beginning);
            for (int i = 0; i < decoded.length; i += 2) {
                if (decoded[i + 1] != 0 || decoded[i] < 0x20 || decoded[i] == 0x7F) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the beginning of this decodes to, as far as it is base64 without a line's end. */
    static String beginning(byte[] base64) {
        int length = 0;
        while (length < base64.length
                && (Chars.is(base64[length], Chars.LETTER | Chars.DIGIT)
                        || base64[length] == '+'
                        || base64[length] == '/')) {
            length++;
        }
        byte[] whole = Arrays.copyOf(base64, length / 4 * 4);
        return new String(Base64.getDecoder().decode(whole), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if ((b < 0x20 && b != '\n' && b != '\r' && b != '\t') || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    /**
     * How this value looks within something in base64, whatever stands before it: the characters that carry nothing but
     * the value, for each of the three places where it can begin.
     */
    static Set<String> formsOf(byte[] bytes) {
        Set<String> forms = standardOf(bytes);
        for (String form : Set.copyOf(forms)) {
            forms.add(form.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    /** The same, with the signs of plain base64. */
    static Set<String> standardOf(byte[] bytes) {
        Set<String> forms = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int first = (before * 8 + 5) / 6;
            int last = shifted.length * 8 / 6;
            forms.add(Base64.getEncoder().encodeToString(shifted).substring(first, last));
        }
        return forms;
    }
}
