package dev.sessionrelay.git;

import java.io.IOException;

/** The connection did not come about or broke, as opposed to an error of this machine's disk. */
final class ConnectionFailure extends IOException {
    private static final long serialVersionUID = 1;

    ConnectionFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }

    IOException why() {
        return getCause() instanceof IOException io ? io : this;
    }
}
