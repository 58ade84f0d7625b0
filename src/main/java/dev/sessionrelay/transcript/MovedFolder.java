package dev.sessionrelay.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A folder that one version names differently: scripts that carry sessions write the folder of the machine that they
 * come to into every record. It is the same record, when what differs is the value of a field {@code cwd} alone.
 */
final class MovedFolder {
    /** A path is no longer, also where a third of it is escaped. */
    static final int LONGEST = 1 << 13;

    private static final byte[] FIELD = "\"cwd\":".getBytes(StandardCharsets.US_ASCII);

    private MovedFolder() {}

    /** Skips both to the end of the folder's name; false when they differ in another way. */
    static boolean across(LookaheadStream first, LookaheadStream second) throws IOException {
        if (!isInFolder(first) || !isInFolder(second)) {
            return false;
        }
        int end = end(first);
        int otherEnd = end(second);
        if (end < 0 || otherEnd < 0) {
            return false;
        }
        first.skip(end - first.at());
        second.skip(otherEnd - second.at());
        return true;
    }

    /** Within a text the quotes of such a field would be escaped. */
    private static boolean isInFolder(LookaheadStream window) {
        byte[] bytes = window.bytes();
        int least = window.at() - window.behind();
        for (int at = window.at() - 1; at >= least; at--) {
            if (bytes[at] == '\n') {
                return false;
            }
            if (bytes[at] == '"' && !isEscaped(bytes, at, least)) {
                int field = at - FIELD.length;
                return field > least
                        && Arrays.equals(bytes, field, at, FIELD, 0, FIELD.length)
                        && (bytes[field - 1] == ',' || bytes[field - 1] == '{');
            }
        }
        return false;
    }

    private static boolean isEscaped(byte[] bytes, int at, int least) {
        int slashes = 0;
        while (at - slashes - 1 >= least && bytes[at - slashes - 1] == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static int end(LookaheadStream window) throws IOException {
        window.view(LONGEST);
        byte[] bytes = window.bytes();
        boolean isEscaped = isEscaped(bytes, window.at(), window.at() - window.behind());
        for (int at = window.at(); at < Math.min(window.limit(), window.at() + LONGEST) && bytes[at] != '\n'; at++) {
            if (bytes[at] == '"' && !isEscaped) {
                return at;
            }
            isEscaped = bytes[at] == '\\' && !isEscaped;
        }
        return -1;
    }
}
