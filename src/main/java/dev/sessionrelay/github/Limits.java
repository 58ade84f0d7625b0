package dev.sessionrelay.github;

import dev.sessionrelay.http.Backoff;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Waits when GitHub answers that it was asked too much, as long as it says, but never longer in all than agreed: a job
 * that sleeps for an hour costs more than one that fails and says when to come back. A refused call was not done, so
 * that every call may be sent again.
 */
final class Limits {
    /** What GitHub advises where it says no time. */
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private static final int ENOUGH_OF_A_BODY = 4096;

    private final Pauses pauses;
    private final Clock clock;
    private Duration waited = Duration.ZERO;

    Limits(Pauses pauses, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    /** What GitHub asks for before it is asked again. */
    record Wait(Duration pause, String why) {}

    /**
     * An answer that was looked at, to be read from its beginning, and the wait that it asks for and that is
     * granted.
     */
    record Looked(RawResponse answer, Optional<Wait> until) {}

    Looked look(RawResponse answer) throws IOException {
        if (answer.status() != 403 && answer.status() != 429) {
            return new Looked(answer, Optional.empty());
        }
        byte[] seen = answer.beginning(ENOUGH_OF_A_BODY * 16);
        RawResponse again = new RawResponse(answer.status(), answer.headers(), new ByteArrayInputStream(seen));
        String text = new String(seen, 0, Math.min(seen.length, ENOUGH_OF_A_BODY), StandardCharsets.UTF_8);
        return new Looked(
                again,
                isLimit(answer, text) ? granted(duration(answer, clock.instant()), kind(answer)) : Optional.empty());
    }

    private synchronized Optional<Wait> granted(Duration asked, String why) {
        // A second more than said: the server's clock and ours differ.
        Duration pause = asked.plusMillis(Math.min(1000, pauses.first().toMillis()));
        if (waited.plus(pause).compareTo(pauses.atMost()) > 0) {
            return Optional.empty();
        }
        waited = waited.plus(pause);
        return Optional.of(new Wait(pause, why));
    }

    void take(Wait wait) {
        pauses.told()
                .accept("GitHub asks to wait " + Math.max(1, wait.pause().toSeconds()) + " seconds before going on ("
                        + wait.why() + ")");
        Backoff.sleep(wait.pause(), "GitHub");
    }

    static boolean isLimit(RawResponse answer, String body) {
        if (answer.status() == 429) {
            return true;
        }
        String text = body.toLowerCase(Locale.ROOT);
        return answer.status() == 403
                && (isPrimary(answer)
                        || answer.header("Retry-After").isPresent()
                        || answer.header("gh-limited-by").isPresent()
                        || text.contains("secondary rate limit")
                        || text.contains("abuse detection"));
    }

    private static boolean isPrimary(RawResponse answer) {
        return answer.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
    }

    static String kind(RawResponse answer) {
        return isPrimary(answer)
                ? "the token's "
                        + answer.header("X-RateLimit-Limit")
                                .map(limit -> limit + " ")
                                .orElse("")
                        + "requests an hour are used up"
                : "too many requests at once";
    }

    static Duration duration(RawResponse answer, Instant now) {
        Optional<String> after = answer.header("Retry-After");
        if (after.isPresent()) {
            return after.flatMap(text -> retryAfter(text.strip(), now)).orElse(UNSAID);
        }
        if (isPrimary(answer)) {
            return answer.header("X-RateLimit-Reset")
                    .filter(text -> text.matches("\\d{1,12}"))
                    .map(text -> until(Instant.ofEpochSecond(Long.parseLong(text)), now))
                    .orElse(UNSAID);
        }
        return UNSAID;
    }

    private static Optional<Duration> retryAfter(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(until(date.withZoneSameInstant(ZoneOffset.UTC).toInstant(), now));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration until(Instant then, Instant now) {
        Duration left = Duration.between(now, then);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
