package dev.sessionrelay.github.standin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Refuses calls that create content when there were too many of them in a short time. */
final class CreationLimit {
    private final int most;
    private final Duration window;
    private final String retryAfter;
    private final Deque<Long> calls = new ArrayDeque<>();

    CreationLimit(int most, Duration window, String retryAfter) {
        this.most = most;
        this.window = window;
        this.retryAfter = retryAfter;
    }

    synchronized boolean refuses(Ask ask) {
        boolean creates = !ask.method().equals("GET") && !ask.path().equals("/graphql");
        if (!creates) {
            return false;
        }
        long now = System.nanoTime();
        while (!calls.isEmpty() && now - calls.getFirst() > window.toNanos()) {
            calls.removeFirst();
        }
        if (calls.size() >= most) {
            return true;
        }
        calls.addLast(now);
        return false;
    }

    Out refusal() {
        return new Refused(
                        403,
                        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
                .out()
                .with("X-RateLimit-Remaining", "900")
                .with("Retry-After", retryAfter);
    }
}
