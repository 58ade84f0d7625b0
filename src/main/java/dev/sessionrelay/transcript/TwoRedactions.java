package dev.sessionrelay.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line that two machines have redacted in their own ways, so that neither has what the other's placeholders stand
 * for. It is the same line when what differs begins with a placeholder in the one and holds one in the other, and both
 * call the record by the same id.
 */
final class TwoRedactions {
    private static final int[] LINES = {1 << 12, 1 << 16, 1 << 20};
    private static final byte[] ID = "\"uuid\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 36;

    private TwoRedactions() {}

    /** Skips both to where the lines agree up to their ends. */
    static boolean across(LookaheadStream first, LookaheadStream second) throws IOException {
        int end = lineEnd(first);
        int otherEnd = lineEnd(second);
        if (end < 0 || otherEnd < 0 || !Arrays.equals(id(first, end), id(second, otherEnd))) {
            return false;
        }
        while (end > first.at() && otherEnd > second.at() && first.bytes()[end - 1] == second.bytes()[otherEnd - 1]) {
            end--;
            otherEnd--;
        }
        boolean begins = hasPlaceholder(first, first.at() + 1) || hasPlaceholder(second, second.at() + 1);
        if (!begins || !hasPlaceholder(first, end) || !hasPlaceholder(second, otherEnd)) {
            return false;
        }
        first.skip(end - first.at());
        second.skip(otherEnd - second.at());
        return true;
    }

    private static int lineEnd(LookaheadStream window) throws IOException {
        int looked = 0;
        for (int most : LINES) {
            window.view(most);
            for (int i = window.at() + looked; i < window.limit(); i++) {
                if (window.bytes()[i] == '\n') {
                    return i;
                }
            }
            if (window.isLast()) {
                return window.limit();
            }
            looked = window.ahead();
        }
        return -1;
    }

    /** The record's id; within a text its quotes would be escaped. Nothing, when it stands before the difference. */
    private static byte[] id(LookaheadStream window, int end) {
        byte[] bytes = window.bytes();
        for (int at = window.at(); at + ID.length + ID_LENGTH <= end; at++) {
            if (Arrays.equals(bytes, at, at + ID.length, ID, 0, ID.length)) {
                return window.copy(at + ID.length, at + ID.length + ID_LENGTH);
            }
        }
        return new byte[0];
    }

    /** Whether a placeholder that begins before this place is in, or reaches into, what differs. */
    private static boolean hasPlaceholder(LookaheadStream window, int to) {
        for (int at = window.at() - Math.min(window.behind(), Placeholder.LONGEST); at < to; at++) {
            if (Placeholder.endWithBlock(window.bytes(), at, window.limit()) > window.at()) {
                return true;
            }
        }
        return false;
    }
}
