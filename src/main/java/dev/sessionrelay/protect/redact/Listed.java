package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/**
 * Secrets that stand alone, or behind a user and a colon, on the lines below a heading: backup codes, {@code
 * chpasswd:}.
 */
final class Listed {
    private static final int MOST_LINES = 14;
    private static final int LONGEST = 160;

    private final byte[] b;
    private final int end;
    private final CommandScan.Secrets secrets;

    Listed(byte[] bytes, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.end = end;
        this.secrets = secrets;
    }

    void look(int to) {
        int at = lineEnd(to);
        boolean any = false;
        for (int count = 0; count < MOST_LINES && at < end; count++) {
            int from = at + 1;
            at = lineEnd(from);
            if (at - from > LONGEST || (from < end && (b[from] == '<' || b[from] == '['))) {
                return;
            }
            boolean here = line(from, at);
            if (any && !here) {
                return;
            }
            any |= here;
        }
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < end && b[at] != '\n' && at - from < 2 * LONGEST) {
            at++;
        }
        return at;
    }

    private boolean line(int from, int to) {
        boolean found = false;
        int at = from;
        while (at < to) {
            while (at < to && " \t-*|>\"'`,".indexOf(b[at]) >= 0) {
                at++;
            }
            int word = at;
            while (at < to && (b[at] > ' ' || b[at] < 0)) {
                at++;
            }
            int stop = at;
            while (stop > word && "\"'`,\r".indexOf(b[stop - 1]) >= 0) {
                stop--;
            }
            int colon = stop - 1;
            while (colon > word && b[colon] != ':') {
                colon--;
            }
            found |= word(colon > word ? colon + 1 : word, stop);
        }
        return found;
    }

    private boolean word(int from, int to) {
        String v = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        Shape shape = Shape.of(v);
        boolean code = shape.digits() == v.length() && v.length() >= 8;
        boolean mixed = shape.digits() > 0
                && (shape.letters() > 0 || shape.separators() > 0)
                && Plausible.isSecret(v, Value.How.OPTION, true, SecretName.NameKind.PASSWORD);
        if (code || mixed) {
            secrets.found(from, to);
        }
        return code || mixed;
    }
}
