package dev.sessionrelay.store.release;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tag of a draft: {@code claude-sessions-<branch>} for a branch, {@code claude-sessions-<key>} for other
 * threads.
 */
record TagName(String text) {
    static final String PREFIX = "claude-sessions-";
    private static final String BRANCH = "branch-";
    private static final String NEVER = " ~^:?*[\\";
    /** With the prefix before it and the digest behind it, as long as a file's name may be, which a tag is in git. */
    private static final int MOST_BYTES = 222;

    static TagName of(Key key) {
        return new TagName(PREFIX + asGitTakesIt(threadOf(key)));
    }

    static TagName ofBranch(String branch) {
        return new TagName(PREFIX + asGitTakesIt(branch));
    }

    /** All tags that a thread's draft may have: as it is made now, and as it was made before. */
    static List<TagName> allOf(Key key) {
        return List.of(of(key), new TagName(PREFIX + FormerTag.of(threadOf(key))));
    }

    static List<TagName> allOfBranch(String branch) {
        return List.of(ofBranch(branch), new TagName(PREFIX + FormerTag.of(branch)));
    }

    private static String threadOf(Key key) {
        String thread = key.text();
        return thread.startsWith(BRANCH) ? thread.substring(BRANCH.length()) : thread;
    }

    static boolean isOne(String tag) {
        return tag.startsWith(PREFIX) && tag.length() > PREFIX.length();
    }

    boolean isOfSessions() {
        return isOne(text);
    }

    /** The branch, as the scripts understand the tag. */
    String branch() {
        return text.substring(PREFIX.length());
    }

    /** The thread of a session that the scripts saved. */
    String threadByScripts() {
        return BRANCH + branch();
    }

    /**
     * The scripts take a branch's name as it is, and git takes that for a tag too; what it does not take is written
     * %XX.
     */
    private static String asGitTakesIt(String name) {
        StringBuilder tag = new StringBuilder();
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            String character = Character.toString(c);
            boolean taken = c > ' ' && c != 127 && NEVER.indexOf(c) < 0 && !isOutOfPlace(name, i);
            tag.append(taken ? character : escaped(character));
        }
        String whole = tag.toString().replaceAll("\\.lock(?=/|$)", "%2Elock");
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_BYTES) {
            return whole;
        }
        String digest = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
        return new String(bytes, 0, MOST_BYTES, StandardCharsets.UTF_8).replaceFirst("\uFFFD+$", "") + "+"
                + digest.substring(0, 16);
    }

    /** A dot or a slash that does not stand between others, or a brace that begins something. */
    private static boolean isOutOfPlace(String name, int at) {
        char c = name.charAt(at);
        boolean first = at == 0;
        boolean last = at == name.length() - 1;
        char before = first ? '/' : name.charAt(at - 1);
        return switch (c) {
            case '/' -> first || last || before == '/';
            case '.' -> last || before == '.' || before == '/';
            case '{' -> before == '@';
            default -> false;
        };
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(b & 0xFF));
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
