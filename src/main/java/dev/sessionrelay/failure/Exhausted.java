package dev.sessionrelay.failure;

import java.util.Optional;

/**
 * What the Java machine says when there is no room left. Our own readers are bounded, so it is what somebody made to be
 * larger or deeper than any session, or a session of the user's own that is larger than we were given room for.
 */
public final class Exhausted {
    private static final int DEEPEST_CAUSE = 20;

    private Exhausted() {}

    /** In words; empty where the error is not of that kind, nor caused by one. */
    public static Optional<Failure> describe(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof OutOfMemoryError) {
                long megabytes = Runtime.getRuntime().maxMemory() >> 20;
                return Optional.of(new Failure(
                        ExitCode.DAMAGED,
                        "what was read needs more memory than the " + megabytes + " MB that session-relay may use",
                        "if it is a session of yours, give more, as in SESSION_RELAY_JAVA_OPTS=-Xmx4g; if it is not, look"
                                + " at who made it",
                        error));
            }
            if (cause instanceof StackOverflowError) {
                return Optional.of(new Failure(
                        ExitCode.DAMAGED,
                        "what was read is nested deeper than anything that a session holds",
                        "look at who made it",
                        error));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
