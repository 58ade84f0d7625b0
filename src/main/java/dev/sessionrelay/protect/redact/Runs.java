package dev.sessionrelay.protect.redact;

/**
 * Finds the long runs of characters that tokens are made of. It looks at every 26th byte and, where that is no such
 * character, need not look at the ones before it.
 */
final class Runs {
    static final int SHORTEST = 26;

    private static final int SHORTEST_PIECE = 17;
    private static final String[] IDS = {"toolu_", "msg_", "req_", "srvtoolu_"};

    interface RunHits {
        void at(int from, int to);
    }

    private Runs() {}

    /** Tells of the runs that may hold a secret. */
    static void find(byte[] bytes, int from, int to, RunHits hits) {
        int start = from;
        while (start + SHORTEST <= to) {
            int back = start + SHORTEST - 1;
            while (back >= start && Chars.is(bytes[back], Chars.TOKEN)) {
                back--;
            }
            if (back >= start) {
                start = back + 1;
                continue;
            }
            int end = start + SHORTEST;
            while (end < to && Chars.is(bytes[end], Chars.TOKEN)) {
                end++;
            }
            if (isOdd(bytes, start, end)) {
                hits.at(start, end);
            }
            start = end;
        }
    }

    /** Neither a path, nor a dotted name, nor a UUID or a digest, nor an id of a message. */
    private static boolean isOdd(byte[] bytes, int from, int to) {
        int piece = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '/' || bytes[i] == '.') {
                if (i - piece >= SHORTEST_PIECE && isOddPiece(bytes, piece, i)) {
                    return !isId(bytes, from, to);
                }
                piece = i + 1;
            }
        }
        return false;
    }

    private static boolean isId(byte[] bytes, int from, int to) {
        for (String id : IDS) {
            if (startsWith(bytes, from, to, id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOddPiece(byte[] bytes, int from, int to) {
        int digits = 0;
        boolean more = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (Chars.is(b, Chars.DIGIT)) {
                digits++;
            } else if (!(b >= 'a' && b <= 'f') && b != '-') {
                more = true;
            }
            if (digits >= 2 && more) {
                return true;
            }
        }
        return false;
    }

    static boolean startsWith(byte[] bytes, int from, int to, String beginning) {
        if (to - from < beginning.length()) {
            return false;
        }
        for (int i = 0; i < beginning.length(); i++) {
            if (bytes[from + i] != beginning.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
