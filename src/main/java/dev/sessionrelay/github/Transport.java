package dev.sessionrelay.github;

import java.io.IOException;

/** Sends a call and brings what is answered, whatever its status. */
@FunctionalInterface
interface Transport {

    /** @throws NeverSent when it is certain that the server saw nothing of the call */
    Answer send(Call call) throws IOException;

    /** The server was not reached at all, so that even a call that must not be repeated may be tried again. */
    final class NeverSent extends IOException {
        private static final long serialVersionUID = 1;

        NeverSent(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
