package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/**
 * A known value whose letters do not stand side by side: a terminal, a page or a program broke it over lines, quoted
 * its parts, or put what nobody sees between them; or only its beginning is left, where a text was cut off.
 */
final class Broken {
    /** Values have to be this long to be looked for by their first and last letters. */
    static final int SHORTEST = 8;

    private static final int SHORTEST_PIECE = 4;
    private static final int LONGEST_PIECE = 6;

    private static final int SHORTEST_CUT = 8;
    private static final int WIDEST_GAP = 96;
    private static final int LONG_REST = 12;
    private static final int MOST_GAPS = 256;

    private final byte[] value;
    private final boolean cutTells;
    private final boolean atStart;
    private final int pieceLength;

    /** @param atStart whether the piece that is looked for is the value's beginning, not its end */
    Broken(byte[] value, boolean atStart) {
        this.value = value;
        this.atStart = atStart;
        this.pieceLength = Math.clamp(value.length / 2, SHORTEST_PIECE, LONGEST_PIECE);
        String beginning = new String(value, 0, Math.min(value.length, SHORTEST_CUT), StandardCharsets.ISO_8859_1);
        this.cutTells = !Wordiness.isWordy(beginning) || beginning.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    int length() {
        return value.length;
    }

    byte[] piece() {
        byte[] piece = new byte[pieceLength];
        System.arraycopy(value, atStart ? 0 : value.length - pieceLength, piece, 0, pieceLength);
        return piece;
    }

    /** The other end of the value, where its piece stands from here to there; -1 where it does not go on. */
    int otherEnd(byte[] b, int begin, int from, int to, int end) {
        return atStart ? forward(b, to, end) : backward(b, begin, from);
    }

    boolean isAtStart() {
        return atStart;
    }

    private int forward(byte[] b, int from, int end) {
        int at = from;
        int next = pieceLength;
        int gaps = 0;
        while (next < value.length) {
            if (at < end && b[at] == value[next]) {
                at++;
                next++;
                continue;
            }
            int gap = at < end && gaps < MOST_GAPS ? gap(b, at, end) : 0;
            if (gap > 0 && at + gap < end && b[at + gap] == value[next]) {
                at += gap;
                gaps++;
                continue;
            }
            return next >= Math.min(SHORTEST_CUT, value.length - 2) && isCut(b, at, end, next) ? at : -1;
        }
        return at;
    }

    private boolean isCut(byte[] b, int at, int end, int known) {
        boolean sure = (cutTells && (known >= SHORTEST_CUT || value.length < SHORTEST_CUT + 2))
                || (known * 2 >= value.length && known > SHORTEST_CUT);
        boolean dots = Runs.startsWith(b, at, end, "...")
                || (at + 2 < end && b[at] == (byte) 0xE2 && b[at + 1] == (byte) 0x80 && b[at + 2] == (byte) 0xA6);
        return sure && (at >= end || dots || (b[at] == '\n' && known >= SHORTEST_CUT + 2));
    }

    private int backward(byte[] b, int begin, int from) {
        int at = from;
        int next = value.length - pieceLength - 1;
        int gaps = 0;
        while (next >= 0) {
            if (at > begin && b[at - 1] == value[next]) {
                at--;
                next--;
                continue;
            }
            int gap = at > begin && gaps++ < MOST_GAPS ? gapBefore(b, begin, at, value[next]) : 0;
            if (gap == 0) {
                boolean rest = value.length - next > LONG_REST && followsPlaceholder(b, begin, at);
                return rest ? at : -1;
            }
            at -= gap;
        }
        return at;
    }

    /** Whether its beginning was taken for a secret of its own. */
    private static boolean followsPlaceholder(byte[] b, int begin, int at) {
        int before = at - 1;
        while (before > begin && at - before < 8 && "\\\n\r \"'+".indexOf(b[before]) >= 0) {
            before--;
        }
        return before >= begin && b[before] == ']';
    }

    private static int gapBefore(byte[] b, int begin, int at, byte letter) {
        for (int length = 1; length <= WIDEST_GAP && at - length > begin; length++) {
            if (b[at - length - 1] == letter && gap(b, at - length, at) == length) {
                return length;
            }
        }
        return 0;
    }

    /** How long what may break a value is that begins here. */
    static int gap(byte[] b, int from, int end) {
        int invisible = Views.invisible(b, from, end);
        if (invisible > 0) {
            return invisible;
        }
        int at = from;
        boolean broken = false;
        int quotes = 0;
        int stop = Math.min(end, from + WIDEST_GAP);
        while (at < stop) {
            byte c = b[at];
            if (c == '\n' || c == '\r') {
                broken = true;
                at++;
            } else if (c == '\\' && at + 1 < stop && (b[at + 1] == 'n' || b[at + 1] == 'r' || b[at + 1] == '\n')) {
                broken = true;
                at += 2;
            } else if (c == '"' || c == '\'' || c == '`') {
                quotes++;
                at++;
            } else if (c == '=' && at + 1 < stop && (b[at + 1] == '\n' || b[at + 1] == '\r')) {
                at++;
            } else if ((c == ' ' || c == '\t' || c == '+' || c == '.' || c == '&' || c == '|' || c == '>' || c == '\\')
                    && (broken || quotes > 0)) {
                at++;
            } else {
                break;
            }
        }
        return broken || quotes >= 2 ? at - from : 0;
    }
}
