package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;

/** The word "pass" where it is no password's name: a verb, or the result of a test. */
final class PassVerb {
    private static final int LONGEST = 80;

    private final byte[] b;
    private final int begin;
    private final int end;

    PassVerb(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    boolean isAt(int from, int to) {
        return isVerb(from, to) || isTestResult(from, to);
    }

    /** "Pass x to y", which is said of much that is no secret. */
    private boolean isVerb(int from, int to) {
        if (to - from != 4 || to >= end || b[to] != ' ' || string(from, to).equals("PASS")) {
            return false;
        }
        boolean goesOn = to + 1 < end && "=:|-".indexOf(b[to + 1]) >= 0;
        for (String saying : new String[] {" is ", " was ", " ist ", " est ", " es "}) {
            goesOn |= Runs.startsWith(b, to, end, saying);
        }
        return !goesOn && (from == begin || b[from - 1] != '-');
    }

    /** {@code PASS: the name of a test} */
    private boolean isTestResult(int from, int to) {
        return to - from == 4 && to < end && b[to] == ':' && string(from, to).equals("PASS");
    }

    /** What a verb or a result is followed by may still be a password, where it ends the line. */
    void value(int to, CommandScan.Secrets secrets) {
        Value value = new Reading(b, begin, end).at(to + (b[to] == ':' ? 2 : 1), Value.How.OPTION, to);
        if (value == null || value.to() - value.from() > LONGEST) {
            return;
        }
        int behind = value.to() + (value.quoted() ? 1 : 0);
        boolean ends = behind >= end || b[behind] == '\n' || b[behind] == '\r' || b[behind] == '"';
        String text = string(value.from(), value.to());
        Shape shape = Shape.of(text);
        boolean mixed = shape.digits() > 1 && (b[to] == ' ' || (shape.upper() > 0 && shape.lower() > 0));
        if (ends
                && mixed
                && text.indexOf('/') < 0
                && text.indexOf('=') < 0
                && text.indexOf('(') < 0
                && Plausible.isSecret(text, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)) {
            secrets.found(value.from(), value.to());
        }
    }

    private String string(int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
