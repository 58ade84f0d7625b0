package dev.sessionrelay.transcript;

import dev.sessionrelay.json.JsonText;
import java.io.IOException;
import java.util.Arrays;

/**
 * Leads a comparison across a stretch that one version has and the other has redacted, or that both have redacted in
 * their own ways, and across a folder that one of them names in another way. A placeholder says by its digits whether
 * it can stand for a stretch, so no machine needs to know what another one takes for a secret.
 */
final class PlaceholderAligner {
    /**
     * How much must agree behind a placeholder, for its end in the other version to be believed; less where a line
     * ends or another placeholder comes.
     */
    private static final int ANCHOR = 32;

    private static final int[] STRETCHES = {1 << 10, 1 << 15, 1 << 20};
    private static final int DEEPEST = 6;
    /**
     * How many bytes are hashed at most to get across one difference: text of a hostile store could ask for any
     * number.
     */
    private static final long MOST_HASHED = 1 << 26;

    private final LookaheadStream redacted;
    private final LookaheadStream plain;
    private long hashed;

    private PlaceholderAligner(LookaheadStream redacted, LookaheadStream plain) {
        this.redacted = redacted;
        this.plain = plain;
    }

    /** Skips both behind what one of them has redacted here; false when they differ in another way. */
    static boolean across(LookaheadStream first, LookaheadStream second) throws IOException {
        return MovedFolder.across(first, second)
                || new PlaceholderAligner(first, second).overPlaceholder()
                || new PlaceholderAligner(second, first).overPlaceholder()
                || TwoRedactions.across(first, second);
    }

    private boolean overPlaceholder() throws IOException {
        redacted.view(Placeholder.LONGEST + ANCHOR * 4);
        plain.view(Placeholder.LONGEST);
        // The stretch may begin as its placeholder does, so the placeholder may begin before the first difference.
        for (int back = Math.min(Placeholder.LONGEST, Math.min(redacted.behind(), plain.behind())); back >= 0; back--) {
            int start = redacted.at() - back;
            int end = Placeholder.endWithBlock(redacted.bytes(), start, redacted.limit());
            if (end > redacted.at() && (overTwin(start, end, back) || overStretch(start, end, back))) {
                return true;
            }
        }
        return false;
    }

    /** What one machine finds by its form, another one may know by its value: then the two give it different names. */
    private boolean overTwin(int start, int end, int back) {
        int other = plain.at() - back;
        int otherEnd = Placeholder.end(plain.bytes(), other, plain.limit());
        byte[] placeholder = redacted.copy(start, end);
        if (otherEnd < 0 || !Placeholder.haveSameDigits(placeholder, plain.copy(other, otherEnd))) {
            return false;
        }
        // Short secrets have no digits, and one machine may have taken out more of what stands here than the other.
        if (Placeholder.hasNoDigits(placeholder) && !goOnAlike(end, otherEnd)) {
            return false;
        }
        skip(end, otherEnd);
        return true;
    }

    private boolean goOnAlike(int at, int other) {
        boolean ends = at == redacted.limit();
        boolean otherEnds = other == plain.limit();
        if (ends || otherEnds) {
            return ends == otherEnds;
        }
        return redacted.bytes()[at] == plain.bytes()[other];
    }

    private boolean overStretch(int start, int end, int back) throws IOException {
        for (int most : STRETCHES) {
            plain.view(most + ANCHOR);
            int from = plain.at() - back;
            int to = stretchEnd(start, end, from, Math.min(plain.limit(), from + most), 0);
            if (to >= 0) {
                skip(end, to);
                return true;
            }
            if (plain.isLast() && plain.ahead() <= most) {
                return false;
            }
        }
        return false;
    }

    private void skip(int behindPlaceholder, int behindStretch) {
        redacted.skip(behindPlaceholder - redacted.at());
        plain.skip(behindStretch - plain.at());
    }

    private int stretchEnd(int start, int end, int from, int most, int depth) {
        byte[] placeholder = redacted.copy(start, end);
        int reach = lineEnd(end, Math.min(redacted.limit(), end + ANCHOR));
        int next = nextPlaceholder(end, reach);
        int anchor = next < 0 ? reach - end : next - end;
        for (int to = from + 1; to <= most && hashed < MOST_HASHED; to++) {
            if (to > from + 1 && plain.bytes()[to - 2] == '\n' && plain.bytes()[to - 1] == '{') {
                // A secret may have lines, but no further record: four digits alone would let one stand for anything.
                return -1;
            }
            if (agree(end, to, anchor)
                    && isStretch(placeholder, plain.copy(from, to))
                    && (next < 0 || depth == DEEPEST || goesOn(next, to + anchor, most, depth))) {
                return to;
            }
        }
        return -1;
    }

    /** Whether the placeholder that follows so closely can stand for what follows, too. */
    private boolean goesOn(int next, int from, int most, int depth) {
        int end = Placeholder.endWithBlock(redacted.bytes(), next, redacted.limit());
        return agree(next, from, end - next) || stretchEnd(next, end, from, most, depth + 1) >= 0;
    }

    private int nextPlaceholder(int from, int to) {
        for (int at = from; at < to; at++) {
            if (Placeholder.endWithBlock(redacted.bytes(), at, redacted.limit()) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private int lineEnd(int from, int to) {
        for (int at = from; at < to; at++) {
            if (redacted.bytes()[at] == '\n') {
                return at + 1;
            }
        }
        return to;
    }

    private boolean agree(int at, int other, int length) {
        int stop = Math.min(other + length, plain.limit());
        if (stop < other) {
            return false;
        }
        int same = Arrays.mismatch(redacted.bytes(), at, at + length, plain.bytes(), other, stop);
        if (same < 0) {
            return true;
        }
        // The other version may have a placeholder of its own here.
        for (int start = Math.max(other, other + same - Placeholder.LONGEST); start <= other + same; start++) {
            if (Placeholder.endWithBlock(plain.bytes(), start, plain.limit()) > other + same) {
                return true;
            }
        }
        return false;
    }

    private boolean isStretch(byte[] placeholder, byte[] raw) {
        hashed += 2L * raw.length;
        return Placeholder.standsFor(placeholder, raw) || Placeholder.standsFor(placeholder, JsonText.decoded(raw));
    }
}
