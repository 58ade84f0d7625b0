package dev.sessionrelay.github;

import java.io.IOException;

/** Sends a call, and hands over what is answered, whatever its status. */
interface Transport {

    /** What is done with an answer while it arrives. It is closed afterwards. */
    @FunctionalInterface
    interface Taker<T> {
        T take(RawResponse answer) throws IOException;
    }

    /** @throws NeverSent when it is certain that the server saw nothing of the call */
    <T> T send(Call call, Taker<T> taker) throws IOException;

    /** The server was not reached at all, so that even a call that must not be repeated may be tried again. */
    final class NeverSent extends IOException {
        private static final long serialVersionUID = 1;

        NeverSent(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
