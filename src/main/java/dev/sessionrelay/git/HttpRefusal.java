package dev.sessionrelay.git;

import java.io.IOException;

/** The server answered, but not with what was asked for. */
final class HttpRefusal extends IOException {
    private static final long serialVersionUID = 1;
    private static final int TIMED_OUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final int status;
    private final String text;

    HttpRefusal(int status, String text) {
        super("HTTP " + status);
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    /** What the server said; the empty text for a page of HTML. */
    String text() {
        return text;
    }

    /** Whether the same request may be answered soon. */
    boolean isPassing() {
        return status == TIMED_OUT
                || status == TOO_EARLY
                || status == TOO_MANY
                || (status >= SERVER_ERROR && status != NOT_IMPLEMENTED);
    }
}
