package dev.sessionrelay.github;

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
 * Waits when GitHub says that it was asked too much, as long as it says, but never longer in all than agreed: a job that
 * sleeps for an hour costs more than one that fails and says when to come back. A refused call was not done, so that
 * every call may be tried again.
 */
final class Limits implements Transport {
    /** What GitHub advises where it says no time. */
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private static final int ENOUGH_OF_A_BODY = 4096;

    private final Transport transport;
    private final Pauses pauses;
    private final Clock clock;
    private Duration waited = Duration.ZERO;

    Limits(Transport transport, Pauses pauses, Clock clock) {
        this.transport = transport;
        this.pauses = pauses;
        this.clock = clock;
    }

    @Override
    public Answer send(Call call) throws IOException {
        while (true) {
            Answer answer = remembered(transport.send(call));
            Optional<Duration> wait = wait(answer, clock.instant());
            if (wait.isEmpty()) {
                return answer;
            }
            // A second more than said: the server's clock and ours differ.
            Duration pause = wait.get().plusMillis(Math.min(1000, pauses.first().toMillis()));
            if (!mayWait(pause)) {
                return answer;
            }
            answer.close();
            pauses.told()
                    .accept("GitHub asks to wait " + Math.max(1, pause.toSeconds()) + " seconds before going on ("
                            + kind(answer) + ")");
            Pauses.sleep(pause);
        }
    }

    private synchronized boolean mayWait(Duration pause) {
        if (waited.plus(pause).compareTo(pauses.atMost()) > 0) {
            return false;
        }
        waited = waited.plus(pause);
        return true;
    }

    static boolean isLimit(Answer answer, String body) {
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

    private static boolean isPrimary(Answer answer) {
        return answer.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
    }

    static String kind(Answer answer) {
        return isPrimary(answer)
                ? "the token's "
                        + answer.header("X-RateLimit-Limit")
                                .map(limit -> limit + " ")
                                .orElse("")
                        + "requests an hour are used up"
                : "too many requests at once";
    }

    private static Optional<Duration> wait(Answer answer, Instant now) throws IOException {
        if (answer.status() != 403 && answer.status() != 429) {
            return Optional.empty();
        }
        byte[] seen = answer.beginning(ENOUGH_OF_A_BODY);
        answer.body().reset();
        return isLimit(answer, new String(seen, StandardCharsets.UTF_8))
                ? Optional.of(duration(answer, now))
                : Optional.empty();
    }

    /** Makes the beginning of a refusal readable twice. */
    private static Answer remembered(Answer answer) throws IOException {
        if (answer.status() != 403 && answer.status() != 429) {
            return answer;
        }
        ByteArrayInputStream whole = new ByteArrayInputStream(answer.beginning(ENOUGH_OF_A_BODY * 16));
        answer.close();
        return new Answer(answer.status(), answer.headers(), whole);
    }

    static Duration duration(Answer answer, Instant now) {
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
