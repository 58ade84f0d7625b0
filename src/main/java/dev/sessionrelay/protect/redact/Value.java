package dev.sessionrelay.protect.redact;

/**
 * What was assigned to a name, as far as it reaches.
 *
 * @param quoted whether quotes or tags say where it ends
 */
record Value(int from, int to, How how, boolean quoted) {

    /** How it was assigned, which tells how much may be a literal there. */
    enum How {
        /** Without blanks, as shells and {@code .env} do. */
        ENV,
        /** {@code --password x}, {@code /p:x}. */
        OPTION,
        /** In a URL. */
        QUERY,
        /** {@code name: x}, {@code name = x}: a line of configuration, or of a program. */
        LINE,
        CODE,
        /** {@code setPassword("x")} */
        CALL,
        /** {@code <password>x</password>} */
        ELEMENT,
        /** {@code "name": "PASSWORD", "value": "x"} */
        PAIR,
        /** Nothing but a blank between. */
        WORD
    }
}
