package dev.sessionrelay.protect.redact;

/** Kinds of bytes, by one look into a table. */
final class Chars {
    static final int DIGIT = 1;
    static final int LETTER = 2;
    /**
     * What names and the text around them are made of: {@code [ \t\w.-]}, quotes, and the backslash of an escaped
     * one.
     */
    static final int BEFORE_OPERATOR = 4;

    static final int OPERATOR = 8;
    static final int BEFORE_SECRET = 16;
    /** What the secrets are made of that are assigned to a name. */
    static final int SECRET = 32;
    /** What tokens are made of that need no name. */
    static final int TOKEN = 64;

    static final int SPACE = 128;

    private static final short[] KINDS = new short[256];

    static {
        for (int c = 0; c < 256; c++) {
            int kind = 0;
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            kind |= digit ? DIGIT : 0;
            kind |= letter ? LETTER : 0;
            kind |= letter || digit || in(c, " \t\r\n_.-'\"\\") ? BEFORE_OPERATOR : 0;
            kind |= in(c, "=>:|?,") ? OPERATOR : 0;
            kind |= in(c, "=>:|?,`'\" \t\r\n\\") ? BEFORE_SECRET : 0;
            kind |= letter || digit || in(c, "_.=+/-~") ? SECRET | TOKEN : 0;
            kind |= in(c, " \t\r\n") ? SPACE : 0;
            KINDS[c] = (short) kind;
        }
    }

    private Chars() {}

    private static boolean in(int c, String characters) {
        return characters.indexOf(c) >= 0;
    }

    static boolean is(byte b, int kind) {
        return (KINDS[b & 0xFF] & kind) != 0;
    }
}
