package dev.sessionrelay.store.release;

import dev.sessionrelay.io.Digest;
import java.nio.charset.StandardCharsets;

/** How tags were made before they were those of the scripts: all but letters, digits and few signs was written %XX. */
final class FormerTag {
    private static final int LONGEST = 180;

    private FormerTag() {}

    static String of(String name) {
        StringBuilder tag = new StringBuilder();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            boolean plain = isPlain(bytes[i]) || isInside(c, bytes, i);
            tag.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        if (tag.length() > LONGEST) {
            String digest = Digest.of(bytes).hex();
            tag.replace(LONGEST, tag.length(), "+" + digest.substring(0, 16));
        }
        return tag.toString().replaceAll("\\.lock(?=/|$)", "%2Elock");
    }

    /** A slash or a dot between two plain characters. */
    private static boolean isInside(char c, byte[] bytes, int at) {
        return (c == '/' || c == '.')
                && at > 0
                && at < bytes.length - 1
                && isPlain(bytes[at - 1])
                && isPlain(bytes[at + 1]);
    }

    private static boolean isPlain(byte b) {
        return b > 0 && (Character.isLetterOrDigit(b) || b == '-' || b == '_');
    }
}
