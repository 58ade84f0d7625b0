package dev.sessionrelay.github;

import java.io.IOException;

/**
 * A call that creates something was sent and its answer was lost: it may have been done or not. Look before
 * repeating.
 */
public final class UnknownOutcome extends IOException {
    private static final long serialVersionUID = 1;

    UnknownOutcome(String message) {
        super(message);
    }

    UnknownOutcome(String message, IOException cause) {
        super(message, cause);
    }
}
