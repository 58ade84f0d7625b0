package dev.sessionrelay.github;

import dev.sessionrelay.http.Backoff;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a call again that failed on the way: connections refused and reset, answers of 5xx, answers that broke off.
 * Also one that GitHub refused because it was asked too much, when its time has come. Nothing above this sends a call
 * twice, and nothing below.
 */
final class Retrying implements Transport {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Whoever is told to wait this often for one call is not let in at all. */
    static final int MOST_WAITS = 5;

    private final Transport transport;
    private final Pauses pauses;
    private final Limits limits;

    Retrying(Transport transport, Pauses pauses, Limits limits) {
        this.transport = transport;
        this.pauses = pauses;
        this.limits = limits;
    }

    /** An answer that says that the server has trouble. */
    static final class Trouble extends IOException {
        private static final long serialVersionUID = 1;

        Trouble(int status) {
            super("the answer was " + status);
        }
    }

    /** What came of one try: a result, or a wait after which there is to be another. */
    private sealed interface TryOutcome<T> {
        record Done<T>(T result) implements TryOutcome<T> {}

        record Later<T>(Limits.Wait until) implements TryOutcome<T> {}
    }

    @Override
    public <T> T send(Call call, Taker<T> taker) throws IOException {
        Backoff backoff = new Backoff(pauses.first(), LONGEST_PAUSE, "GitHub");
        int failures = 0;
        int waits = 0;
        while (true) {
            boolean isLast = failures + 1 >= pauses.tries();
            boolean mayWait = waits < MOST_WAITS;
            try {
                TryOutcome<T> outcome = transport.send(call, answer -> outcome(call, answer, isLast, mayWait, taker));
                switch (outcome) {
                    case TryOutcome.Done<T>(T result) -> {
                        return result;
                    }
                    case TryOutcome.Later<T>(Limits.Wait until) -> limits.take(until);
                }
                waits++;
                continue;
            } catch (UnknownOutcome | InterruptedIOException e) {
                throw e;
            } catch (NeverSent e) {
                if (isLast) {
                    throw e;
                }
            } catch (IOException e) {
                if (!call.mayBeRepeated()) {
                    throw new UnknownOutcome(Reason.of(e), e);
                }
                if (isLast) {
                    throw e;
                }
            }
            failures++;
            backoff.pause();
        }
    }

    private <T> TryOutcome<T> outcome(Call call, RawResponse answer, boolean isLast, boolean mayWait, Taker<T> taker)
            throws IOException {
        boolean isTrouble = answer.status() >= 500 && answer.status() != 501;
        if (isTrouble && !(isLast && call.mayBeRepeated())) {
            throw new Trouble(answer.status());
        }
        if (!mayWait) {
            return new TryOutcome.Done<>(taker.take(answer));
        }
        Limits.Looked looked = limits.look(answer);
        Optional<Limits.Wait> wait = looked.until();
        return wait.isPresent()
                ? new TryOutcome.Later<>(wait.get())
                : new TryOutcome.Done<>(taker.take(looked.answer()));
    }
}
