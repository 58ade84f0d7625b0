package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Whether a word of a sentence can be a secret, and is not one that sentences are made of. */
final class Told {
    private static final int SHORTEST = 6;
    private static final int LONGEST = 512;
    private static final int SHORTEST_NAME = 8;

    /** How surely the sentence announced it. */
    enum By {
        /** By a name, and a verb or a colon beside it. */
        SAID,
        /** By a name right before it. */
        NAME,
        /** By the word "pass", which is a verb as well, or by one that opens something. */
        VERB
    }

    /** Words, a number behind them, and perhaps a sign: as people make them up, and not as they name things. */
    private static final Pattern HUMAN = Pattern.compile(
            "[A-Za-z\u0080-\u00ff][a-z\u0080-\u00ff]+(?:[-_.]?[A-Za-z][a-z]+){0,5}[-_.]?\\d{2,8}[!?.$#*+@%&]{0,3}"
                    + "|[A-Za-z]{3,20}[!?$#*+@%&]\\d{2,8}");

    private final byte[] b;
    private final CommandScan.Secrets secrets;

    Told(byte[] bytes, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.secrets = secrets;
    }

    /** Tells of it where it is one. */
    boolean is(int start, int stop, By by) {
        int from = start;
        int to = stop;
        boolean quoted = false;
        while (from < to && opens(from, to) > 0) {
            quoted |= "\"'`".indexOf(b[from]) >= 0 || b[from] < 0;
            from += opens(from, to);
        }
        while (to > from && closes(from, to, quoted) > 0) {
            to -= closes(from, to, quoted);
        }
        if (to - from < SHORTEST || to - from > LONGEST) {
            return false;
        }
        String v = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        Shape shape = Shape.of(v);
        if (isOfCode(v, shape, quoted) || !isMadeUp(v, shape, quoted, by)) {
            return false;
        }
        if (!Plausible.isSecret(v, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)) {
            return false;
        }
        secrets.found(from, to);
        return true;
    }

    private int opens(int from, int to) {
        if ("\"'`*(<_".indexOf(b[from]) >= 0) {
            return 1;
        }
        return typographic(from, to);
    }

    /** Quotes of prose, which are no ASCII. */
    private int typographic(int from, int to) {
        if (to - from > 3 && b[from] == (byte) 0xE2 && b[from + 1] == (byte) 0x80 && (b[from + 2] & 0xE0) == 0x80) {
            return 3;
        }
        return to - from > 2 && b[from] == (byte) 0xC2 && (b[from + 1] == (byte) 0xAB || b[from + 1] == (byte) 0xBB)
                ? 2
                : 0;
    }

    private int closes(int from, int to, boolean quoted) {
        byte last = b[to - 1];
        if ("\"'`*)>_.,;:".indexOf(last) >= 0) {
            return 1;
        }
        int three = to - from > 3 ? typographic(to - 3, to + 1) : 0;
        if (quoted && three == 3) {
            return 3;
        }
        return quoted && to - from > 2 && typographic(to - 2, to + 1) == 2 ? 2 : 0;
    }

    /** A path, an address, an expression, a name with its parts. */
    private static boolean isOfCode(String v, Shape shape, boolean quoted) {
        char first = v.charAt(0);
        if (first == '/' || first == '-' || v.contains("://") || v.contains("=\"") || v.contains("</")) {
            return true;
        }
        if (v.contains("[0]") || v.contains("[:") || v.contains("=<") || v.contains("ENC[")) {
            return true;
        }
        if (quoted) {
            return false;
        }
        boolean name = shape.inWords() * 3 >= shape.letters() * 2
                && shape.letters() >= SHORTEST_NAME
                && shape.digits() > 0
                && shape.oddSigns() == 0
                && !HUMAN.matcher(v).matches();
        return name || isCall(v) || (shape.digits() == 0 && shape.oddSigns() < 2 && !Passphrase.isOne(v, shape));
    }

    private static boolean isCall(String v) {
        int bracket = v.indexOf('(');
        for (int i = 0; i < bracket; i++) {
            char c = v.charAt(i);
            if (!Wordiness.isLetter(c) && (i == 0 || !Wordiness.isDigit(c)) && "_.@$:".indexOf(c) < 0) {
                return false;
            }
        }
        return bracket > 1 && (v.contains(").") || !isKnot(v.substring(0, bracket)));
    }

    /** Whether digits stand between letters, as names have them rarely. */
    private static boolean isKnot(String v) {
        Shape shape = Shape.of(v);
        return !shape.wordy() && shape.digits() > 0 && shape.changes() > 3 && shape.inWords() * 2 < shape.letters();
    }

    private static boolean isMadeUp(String v, Shape shape, boolean quoted, By by) {
        if (!shape.wordy()
                && (shape.mixed()
                        || (shape.digits() > 0 && shape.oddSigns() > 1)
                        || shape.changes() >= 3
                        || (shape.oddSigns() > 1 && shape.letters() > 2))) {
            return true;
        }
        if (Plausible.isPhrase(v, shape)) {
            return true;
        }
        if (shape.mixed() && shape.separators() == 0 && shape.digits() >= (by == By.VERB ? 3 : 2)) {
            return true;
        }
        return by == By.SAID
                ? Passphrase.isOne(v, shape) || (quoted && Passphrase.isDrawn(v, shape, SHORTEST * 2))
                : by == By.NAME && Passphrase.isDashed(v, shape);
    }
}
