package dev.sessionrelay.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.testing.Recorder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that names other places in its answers: none of them is shown the token, or sent what was meant for it. */
class ElsewhereTest {
    private static final String DOING = "try it";

    private Recorder elsewhere;

    @BeforeEach
    void start() throws IOException {
        elsewhere = new Recorder(exchange -> Recorder.say(exchange, 200, "[]"));
    }

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    private static GitHub connect(Recorder server) {
        Credentials credentials = Credentials.of(Map.of("GITHUB_API_URL", server.at(), "GH_TOKEN", "tok-1"));
        return GitHub.connect(
                credentials.server(),
                credentials.ofGitHub(),
                new Proxies(Map.of()),
                new Pauses(Duration.ofMillis(1), 2, Duration.ZERO, line -> {}));
    }

    private Recorder redirecting(int status) throws IOException {
        return new Recorder(exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.at() + "/there");
            exchange.sendResponseHeaders(status, -1);
        });
    }

    @Test
    void showsTheTokenToTheServerItself() throws IOException {
        try (GitHub github = connect(elsewhere)) {
            github.list("/x", DOING, Permission.NOTHING);
        }
        assertThat(elsewhere.asked().getFirst().authorization()).isEqualTo("Bearer tok-1");
    }

    @Test
    void turnsNoPageThatLiesElsewhere() throws IOException {
        try (Recorder server = new Recorder(exchange -> {
                    exchange.getResponseHeaders().set("Link", "<" + elsewhere.at() + "/x?page=2>; rel=\"next\"");
                    Recorder.say(exchange, 200, "[]");
                });
                GitHub github = connect(server)) {
            github.list("/x", DOING, Permission.NOTHING);
        }
        assertThat(elsewhere.asked()).isEmpty();
    }

    @Test
    void uploadsNothingElsewhere() throws IOException {
        try (Recorder server = Recorder.thatKnowsNothing();
                GitHub github = connect(server)) {
            for (String place : new String[] {elsewhere.at(), "https://uploads.github.com.evil.example", "file:///x"}) {
                assertThatThrownBy(() -> github.upload(
                                URI.create(place + "/assets"),
                                new Call.Body.OfText("s", "text/plain"),
                                DOING,
                                Permission.NOTHING))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("the token is not for that host");
            }
        }
        assertThat(elsewhere.asked()).isEmpty();
    }

    @Test
    void readsElsewhereWithoutTheToken() throws IOException {
        try (Recorder server = redirecting(302);
                GitHub github = connect(server)) {
            assertThat(github.download("/asset", in -> in.readAllBytes().length, DOING, Permission.NOTHING))
                    .isEqualTo(Optional.of(2));
        }
        assertThat(elsewhere.asked())
                .hasSize(1)
                .allMatch(asked -> asked.authorization().isEmpty());
    }

    @Test
    void sendsNothingOnToAnotherServer() throws IOException {
        for (int status : new int[] {301, 307, 308}) {
            try (Recorder server = redirecting(status);
                    GitHub github = connect(server)) {
                assertThatThrownBy(() -> github.post(
                                "/x", new Call.Body.OfText("a whole session", "text/plain"), DOING, Permission.NOTHING))
                        .hasMessageContaining("not followed");
                assertThatThrownBy(() -> github.delete("/x", DOING, Permission.NOTHING))
                        .hasMessageContaining("not followed");
            }
        }
        assertThat(elsewhere.asked()).isEmpty();
    }

    @Test
    void readsNoFileThatAServerNamesInTheOpenOrOnDisk() throws IOException {
        try (Recorder server = Recorder.thatKnowsNothing();
                GitHub github = connect(server)) {
            for (String place : new String[] {"http://files.evil.example/x", "file:///etc/passwd"}) {
                assertThatThrownBy(() -> github.download(
                                URI.create(place), in -> in.readAllBytes().length, DOING, Permission.NOTHING))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("not an https address");
            }
        }
    }
}
