package dev.sessionrelay.transcript;

import dev.sessionrelay.io.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What stands in a transcript where a secret stood: {@code [redacted:github-pat:3f2a]}.
 *
 * <p>The four digits are the first 16 bits of the secret's SHA-256. They need no key, so every machine writes the same
 * placeholder for the same secret, and whoever has the original can tell that it is the original. They cannot be turned
 * back: 65,536 digits stand for all secrets. What they give away is that a guess is wrong, in all but one of 65,536
 * cases, which would help somebody who goes through a list of likely passwords. Therefore what is short enough to be on
 * such a list has the digits 0000.
 */
public final class Placeholder {
    /** The rule of a thinking block that was taken out, see {@link #ofBlock}. */
    public static final String THINKING = "thinking";

    /** How every placeholder begins. */
    public static final String START = "[redacted:";

    /** No placeholder has more bytes. */
    public static final int LONGEST = 128;

    private static final int SHORTEST_HASHED = 16;
    private static final String NO_DIGITS = "0000";
    private static final int LONGEST_RULE = 64;
    private static final byte[] BEGIN = ascii(START);
    private static final byte[] BLOCK_BEGIN = ascii("{\"type\":\"text\",\"text\":\"");
    private static final byte[] BLOCK_END = ascii("\"}");

    private Placeholder() {}

    public static String of(String rule, byte[] secret) {
        return START + rule + ":" + digits(secret) + "]";
    }

    /**
     * What takes the place of a whole thinking block that holds a secret. Its text is signed, so a changed one would be
     * refused by the model; Claude Code takes this for something that was said.
     */
    public static String ofBlock(byte[] block) {
        return "{\"type\":\"text\",\"text\":\"" + of(THINKING, block) + "\"}";
    }

    private static String digits(byte[] secret) {
        if (secret.length < SHORTEST_HASHED) {
            return NO_DIGITS;
        }
        MessageDigest digest = Digest.counter();
        digest.update(secret);
        return HexFormat.of().formatHex(digest.digest(), 0, 2);
    }

    /** The offset behind the placeholder that begins here, or -1. */
    public static int end(byte[] text, int at, int to) {
        if (!startsWith(text, at, to, BEGIN)) {
            return -1;
        }
        int rule = at + BEGIN.length;
        int colon = rule;
        while (colon < to && colon - rule <= LONGEST_RULE && isOfRule(text[colon])) {
            colon++;
        }
        int end = colon + 6;
        if (colon == rule || end > to || text[colon] != ':' || text[end - 1] != ']') {
            return -1;
        }
        for (int i = colon + 1; i < end - 1; i++) {
            if (Character.digit(text[i], 16) < 0) {
                return -1;
            }
        }
        return end;
    }

    /** As {@link #end}, for a whole block's as well. */
    static int endWithBlock(byte[] text, int at, int to) {
        if (!startsWith(text, at, to, BLOCK_BEGIN)) {
            return end(text, at, to);
        }
        int end = end(text, at + BLOCK_BEGIN.length, to);
        return end >= 0 && startsWith(text, end, to, BLOCK_END) ? end + BLOCK_END.length : -1;
    }

    /** Where the next placeholder begins that begins before the one place and ends before the other, or -1. */
    public static int next(byte[] text, int from, int beginBefore, int endBefore) {
        for (int at = from; at < beginBefore; at++) {
            if (text[at] == '[' && end(text, at, endBefore) >= 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether this can be what stood where the placeholder (or the block's) of these bytes stands. */
    static boolean standsFor(byte[] placeholder, byte[] stretch) {
        String digits = digitsOf(placeholder);
        // A block of many megabytes was not hashed, since its beginning was out of view.
        return digits.equals(digits(stretch)) || (isBlock(placeholder) && digits.equals(NO_DIGITS));
    }

    /** Whether two placeholders can stand for one secret, by whatever rules it was found. */
    static boolean haveSameDigits(byte[] one, byte[] other) {
        return digitsOf(one).equals(digitsOf(other));
    }

    static boolean hasNoDigits(byte[] placeholder) {
        return digitsOf(placeholder).equals(NO_DIGITS);
    }

    private static String digitsOf(byte[] placeholder) {
        int close = placeholder.length - (isBlock(placeholder) ? BLOCK_END.length : 0);
        return new String(placeholder, close - 5, 4, StandardCharsets.US_ASCII);
    }

    private static boolean isBlock(byte[] placeholder) {
        return placeholder[placeholder.length - 1] == '}';
    }

    private static boolean isOfRule(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_' || b == '.';
    }

    private static boolean startsWith(byte[] text, int at, int to, byte[] beginning) {
        return at >= 0
                && to - at >= beginning.length
                && Arrays.equals(text, at, at + beginning.length, beginning, 0, beginning.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
