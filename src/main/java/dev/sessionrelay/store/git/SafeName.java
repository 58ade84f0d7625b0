package dev.sessionrelay.store.git;

import dev.sessionrelay.io.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Any text as one part of a branch's name or of a path in a repository. Letters, digits and a few signs stay; all else
 * is written as {@code %XX}, so that no two texts become the same name, a branch is never a folder of another one, and
 * neither git nor a file system finds a meaning in it.
 */
final class SafeName {
    private static final String PLAIN = "-_+=,.";
    private static final int LONGEST = 120;
    private static final int DIGEST_DIGITS = 16;

    private SafeName() {}

    static String of(String text) {
        StringBuilder name = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean dot = c == '.' && (name.isEmpty() || name.charAt(name.length() - 1) == '.');
            boolean dash = c == '-' && name.isEmpty();
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            name.append(plain && !dot && !dash ? String.valueOf(c) : escaped(c));
        }
        if (name.length() > LONGEST) {
            String digest = Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
            // "%_" stands in no other name, so a shortened one is never that of another text.
            name.replace(LONGEST, name.length(), "%_" + digest.substring(0, DIGEST_DIGITS));
        }
        String lower = name.toString().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".lock") || lower.endsWith(".")) {
            int dot = name.lastIndexOf(".");
            name.replace(dot, dot + 1, escaped('.'));
        }
        if (name.toString().equals("HEAD")) {
            name.replace(0, 1, escaped('H'));
        }
        return name.toString();
    }

    private static String escaped(char c) {
        return "%%%02X".formatted((int) c);
    }

    /** The text that this name was made of, when it was not shortened. */
    static String textOf(String name) {
        byte[] bytes = new byte[name.length() * 3];
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean code = c == '%' && i + 2 < name.length() && isHex(name.charAt(i + 1)) && isHex(name.charAt(i + 2));
            if (code) {
                bytes[length++] = (byte) Integer.parseInt(name.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                byte[] one = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(one, 0, bytes, length, one.length);
                length += one.length;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }

    /** A file's name as it can stand in a repository: git keeps some names for itself, in many spellings. */
    static String ofFile(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        boolean reserved = lower.startsWith(".git") || lower.startsWith("git~");
        StringBuilder name = new StringBuilder();
        part.codePoints().forEach(c -> {
            boolean first = name.isEmpty();
            if (c == '%' || (first && reserved) || Character.getType(c) == Character.FORMAT) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    name.append(escaped((char) (b & 0xFF)));
                }
            } else {
                name.appendCodePoint(c);
            }
        });
        return name.toString();
    }
}
