package dev.sessionrelay.action.docker;

import java.io.IOException;

/** The engine answered, and said no. */
public final class EngineError extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    EngineError(int status, String message) {
        super(message);
        this.status = status;
    }

    public boolean isMissing() {
        return status == 404;
    }
}
