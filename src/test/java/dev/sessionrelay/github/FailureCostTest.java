package dev.sessionrelay.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.testing.Recorder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many requests one call costs when it fails: what the package's description states. Nothing repeats a
 * repetition.
 */
class FailureCostTest {
    private static final RepositoryName REPOSITORY = new RepositoryName("octocat", "hello");
    private static final String PATH = "/repos/octocat/hello/issues/7";
    private static final String DOING = "try it";
    /** Of the stand-in's client. */
    private static final int TRIES = 4;

    private StandIn standIn;
    private GitHub github;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        standIn.hub().repository("octocat/hello", false).issue(7, "a plan");
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write", "issues: write")));
        github = standIn.client("ghs_job");
    }

    @AfterEach
    void stop() {
        github.close();
        standIn.close();
    }

    private int requestsOf(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfAny(Failure.class, UnknownOutcome.class);
        return standIn.faults().requests();
    }

    private void read() {
        github.typed().ask(REPOSITORY, DOING, Permission.ISSUES_READ, there -> there.getIssue(7));
    }

    private void write() throws UnknownOutcome {
        github.typed().once(DOING, Permission.ISSUES_WRITE, api -> {
            Named.issue(api, REPOSITORY, 7).setBody("another");
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "BAD_GATEWAY_BEFORE", "BAD_GATEWAY_AFTER", "CUT_SHORT"})
    void triesWhatMayBeRepeatedAsOftenAsAgreed(Fault fault) {
        standIn.faults().always(fault);
        assertThat(requestsOf(this::read)).as("of github-api").isEqualTo(TRIES);

        standIn.faults().clear();
        standIn.faults().always(fault);
        assertThat(requestsOf(
                        () -> github.get(PATH, DOING, Permission.ISSUES_READ).orFail()))
                .as("of the connector alone")
                .isEqualTo(TRIES);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "BAD_GATEWAY_BEFORE", "BAD_GATEWAY_AFTER", "CUT_SHORT"})
    void triesOnceWhatMayNotBeRepeated(Fault fault) {
        standIn.faults().always(fault);
        assertThat(requestsOf(this::write)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_MANY_WITH_SECONDS", "SECONDARY", "PRIMARY"})
    void waitsAFewTimesToBeLetIn(Fault fault) {
        standIn.faults().always(fault);
        assertThat(requestsOf(this::read)).isEqualTo(1 + Retrying.MOST_WAITS);

        standIn.faults().clear();
        standIn.faults().always(fault);
        assertThat(requestsOf(this::write)).isEqualTo(1 + Retrying.MOST_WAITS);
    }

    @Test
    void triesADownloadThatBreaksOffAsOftenAsAgreed() throws IOException {
        try (Recorder files = new Recorder(exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write(new byte[10]);
                });
                GitHub other = Recorded.connect(files)) {
            assertThatThrownBy(() -> other.download("/file", in -> in.readAllBytes().length, DOING, Permission.NOTHING))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("could not try it: 127.0.0.1 was not reached");
            assertThat(files.asked()).hasSize(TRIES);
        }
    }

    /** github-api asks again after some refusals, of which it never hears here. */
    @ParameterizedTest
    @MethodSource("refusals")
    void asksOnceForWhatIsRefused(Refusing refusing) throws IOException {
        try (Recorder server = new Recorder(exchange -> {
                    refusing.headers.forEach(exchange.getResponseHeaders()::set);
                    Recorder.say(exchange, refusing.status, "{\"message\":\"no\"}");
                });
                GitHub other = Recorded.connect(server)) {
            assertThatThrownBy(
                            () -> other.typed().ask(REPOSITORY, DOING, Permission.NOTHING, there -> there.getIssue(7)))
                    .isInstanceOf(Refused.class)
                    .hasMessageStartingWith("could not try it: ");
            assertThat(server.asked()).hasSize(1);
        }
    }

    record Refusing(int status, Map<String, String> headers) {}

    static List<Refusing> refusals() {
        return List.of(
                new Refusing(401, Map.of("X-GitHub-OTP", "required")),
                new Refusing(403, Map.of()),
                new Refusing(403, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4102444800")),
                new Refusing(403, Map.of("Retry-After", "3600")),
                new Refusing(404, Map.of("ETag", "\"x\"")),
                new Refusing(422, Map.of()));
    }

    @Test
    void followsACircleOnlyAFewTimes() throws IOException {
        try (Recorder server = new Recorder(exchange -> {
                    exchange.getResponseHeaders().set("Location", "/again");
                    exchange.sendResponseHeaders(302, -1);
                });
                GitHub other = Recorded.connect(server)) {
            assertThatThrownBy(
                            () -> other.typed().ask(REPOSITORY, DOING, Permission.NOTHING, there -> there.getIssue(7)))
                    .isInstanceOf(Refused.class);
            assertThat(server.asked()).hasSize(6);
        }
    }

    @Test
    void stopsALaterDownloadThatIsGone() throws IOException {
        try (Recorder server = Recorder.thatKnowsNothing();
                GitHub other = Recorded.connect(server)) {
            assertThat(other.download("/file", in -> 1, DOING, Permission.NOTHING))
                    .isEqualTo(Optional.empty());
            assertThat(server.asked()).hasSize(1);
        }
    }
}
