package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Private keys between their {@code BEGIN} and {@code END}, whatever shows them before each line, and the part of one
 * that ends before its {@code END}.
 */
final class Pem {
    static final String RULE = "private-key";

    private static final int LONGEST = 1 << 16;
    private static final int LONGEST_LABEL = 100;
    private static final int LONG_RUN = 16;
    private static final int WIDEST_GAP = 48;
    private static final int SHORTEST_BODY = 48;

    private final byte[] b;
    private final int end;
    /** From where to where blocks reach that are no secret: certificates, public keys, signatures. */
    private final List<int[]> open = new ArrayList<>();

    private int endsFrom = -1;
    private int nextEnd = -1;
    private int bodyEnd = -1;

    Pem(byte[] bytes, int end) {
        this.b = bytes;
        this.end = end;
    }

    /** @param to behind {@code -----BEGIN} and a blank */
    void look(int from, int to, CommandScan.Secrets secrets) {
        int label = to;
        while (label < end && label - to < LONGEST_LABEL && b[label] != '-') {
            label++;
        }
        String name = new String(b, to, label - to, StandardCharsets.ISO_8859_1);
        int close = nextEnd(label);
        if (!name.contains("PRIVATE KEY") && !name.contains("private key") && !name.contains("OpenVPN Static key")) {
            int body = bodyEnd(label, close < 0 ? end : close);
            if (body > 0) {
                open.add(new int[] {from, close < 0 ? body : close});
            }
            return;
        }
        int body = bodyEnd(label, close < 0 ? end : close);
        if (body < 0) {
            return;
        }
        secrets.found(from, close < 0 ? body : labelEnd(close));
    }

    boolean isPublic(int at) {
        int low = 0;
        int high = open.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (open.get(middle)[0] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && open.get(low)[0] <= at && at < open.get(low)[1];
    }

    /** A key whose frame is not shown, or one whose frame is in base64 itself. */
    void body(int from, CommandScan.Secrets secrets) {
        if (from < bodyEnd) {
            return;
        }
        if (Runs.startsWith(b, from, end, "LS0tLS1CRUdJTi")) {
            byte[] head = java.util.Arrays.copyOfRange(b, from, Math.min(end, from + 48));
            String frame = Base64Text.beginning(head);
            if (!frame.contains("PRIVATE")) {
                return;
            }
        }
        int to = bodyEnd(from, end);
        if (to > 0) {
            bodyEnd = to;
            secrets.found(from, to);
        }
    }

    /** The next {@code -----END}, if it is near. Found once, it is the next one of all places before it. */
    private int nextEnd(int from) {
        if (endsFrom < 0 || from < endsFrom || (nextEnd >= 0 && from > nextEnd)) {
            endsFrom = from;
            nextEnd = -1;
            for (int i = from; i < end - 5 && nextEnd < 0; i++) {
                if (b[i] == '-' && (Runs.startsWith(b, i, end, "---END") || Runs.startsWith(b, i, end, "--- END"))) {
                    nextEnd = i;
                }
            }
        }
        return nextEnd >= 0 && nextEnd - from <= LONGEST ? nextEnd : -1;
    }

    private int labelEnd(int from) {
        int at = from + 6;
        int stop = Math.min(end, at + LONGEST_LABEL);
        while (at < stop && b[at] != '-' && b[at] != '\n') {
            at++;
        }
        while (at < stop && b[at] == '-') {
            at++;
        }
        return at;
    }

    /** Behind the last of the long runs that follow each other closely, or -1 where they are too few. */
    private int bodyEnd(int from, int stop) {
        int last = from;
        int long1 = 0;
        int run = 0;
        for (int i = from; i < stop && i - last < WIDEST_GAP + LONG_RUN * 5; i++) {
            boolean base64 = Chars.is(b[i], Chars.LETTER | Chars.DIGIT) || b[i] == '+' || b[i] == '/' || b[i] == '=';
            run = base64 ? run + 1 : 0;
            if (run >= LONG_RUN) {
                long1 += run == LONG_RUN ? run : 1;
                last = i + 1;
            }
        }
        return long1 >= SHORTEST_BODY ? last : -1;
    }
}
