package dev.sessionrelay.store.git.wire;

import java.io.IOException;

/** The connection did not come about or broke, as opposed to an error of this machine's disk. */
final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    Broken(IOException cause) {
        super(cause.getMessage(), cause);
    }

    IOException why() {
        return getCause() instanceof IOException io ? io : this;
    }
}
