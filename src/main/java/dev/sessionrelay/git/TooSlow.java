package dev.sessionrelay.git;

import java.net.SocketTimeoutException;

/** A server answers, but so slowly that its answer has no end that is worth waiting for. */
final class TooSlow extends SocketTimeoutException {
    private static final long serialVersionUID = 1;

    TooSlow(String how) {
        super(how);
    }
}
