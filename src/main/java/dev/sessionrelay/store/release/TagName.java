package dev.sessionrelay.store.release;

import dev.sessionrelay.bundle.Digest;
import dev.sessionrelay.store.Key;
import java.nio.charset.StandardCharsets;

/** The tag of a draft: {@code claude-sessions-<branch>} for a branch, {@code claude-sessions-<key>} for other threads. */
record TagName(String text) {
    static final String PREFIX = "claude-sessions-";
    private static final String BRANCH = "branch-";
    private static final int LONGEST = 180;

    static TagName of(Key key) {
        String thread = key.text();
        return new TagName(PREFIX + escaped(thread.startsWith(BRANCH) ? thread.substring(BRANCH.length()) : thread));
    }

    static TagName ofBranch(String branch) {
        return new TagName(PREFIX + escaped(branch));
    }

    static boolean isOne(String tag) {
        return tag.startsWith(PREFIX) && tag.length() > PREFIX.length();
    }

    /** The branch, as the scripts understand the tag. */
    String branch() {
        return text.substring(PREFIX.length());
    }

    /** The thread of a session that the scripts saved. */
    String threadByScripts() {
        return BRANCH + branch();
    }

    /** Git takes most names for a tag; what it does not take is written as %XX. */
    private static String escaped(String name) {
        StringBuilder tag = new StringBuilder();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || isInside(c, bytes, i));
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

    @Override
    public String toString() {
        return text;
    }
}
