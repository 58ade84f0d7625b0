package dev.sessionrelay.github;

import dev.sessionrelay.failure.Failure;

/** What GitHub answered with a refusal, for those who know what to do about some of them. */
public final class Refused extends Failure {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(JsonResponse reply, Failure inWords) {
        super(inWords.exitCode(), String.valueOf(inWords.getMessage()), inWords.next(), inWords);
        this.status = reply.status();
    }

    public boolean isMissing() {
        return status == 404;
    }

    /** GitHub takes what was sent for invalid: often because it is there already. */
    public boolean isInvalid() {
        return status == 422;
    }

    public boolean isTrouble() {
        return status >= 500;
    }
}
