package dev.sessionrelay.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.testing.Recorder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.github.GHRelease;

/** github-api on our connector. */
class TypedTest {
    private static final RepositoryName REPOSITORY = new RepositoryName("octocat", "hello");
    private static final String DOING = "try it";

    @Test
    void asksForNothingThatIsNotNeeded() throws IOException {
        try (Recorder server = new Recorder(exchange -> Recorder.say(exchange, 200, "[]"));
                GitHub github = Recorded.connect(server)) {
            List<String> keys = github.typed()
                    .ask(
                            DOING,
                            Permission.NOTHING,
                            api -> Named.user(api, "octocat").getKeys().stream()
                                    .map(key -> key.getKey())
                                    .toList());
            assertThat(keys).isEmpty();
            github.typed()
                    .ask(
                            REPOSITORY,
                            DOING,
                            Permission.NOTHING,
                            there -> there.listReleases().withPageSize(100).toList());
            github.typed()
                    .ask(
                            DOING,
                            Permission.NOTHING,
                            api -> Named.issue(api, REPOSITORY, 7)
                                    .listComments()
                                    .toList());

            assertThat(server.asked())
                    .extracting(asked -> asked.method() + " " + asked.address())
                    .containsExactly(
                            "GET /users/octocat/keys",
                            "GET /repos/octocat/hello/releases?per_page=100",
                            "GET /repos/octocat/hello/issues/7/comments");
        }
    }

    @Test
    void showsTheTokenToTheServerAndNotToTheLibrary() throws IOException {
        try (Recorder server = new Recorder(exchange -> Recorder.say(exchange, 200, "{\"private\":true}"));
                GitHub github = Recorded.connect(server)) {
            boolean libraryIsAnonymous = github.typed().ask(DOING, Permission.NOTHING, api -> api.isAnonymous());
            assertThat(libraryIsAnonymous).isTrue();
            assertThat(REPOSITORY.lookedUp(github).isPrivate()).isTrue();
            assertThat(server.asked().getFirst().authorization()).isEqualTo("Bearer tok-1");
        }
    }

    @Test
    void endsAListThatGoesOnElsewhere() throws IOException {
        try (Recorder elsewhere = Recorder.thatKnowsNothing();
                Recorder server = new Recorder(exchange -> {
                    exchange.getResponseHeaders().set("Link", "<" + elsewhere.at() + "/x?page=2>; rel=\"next\"");
                    Recorder.say(exchange, 200, "[{\"id\":1}]");
                });
                GitHub github = Recorded.connect(server)) {
            assertThat(releases(github)).hasSize(1);
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void endsAListThatNeverEnds() throws IOException {
        try (Recorder server = new Recorder(exchange -> {
                    String here = "http://" + exchange.getRequestHeaders().getFirst("Host");
                    exchange.getResponseHeaders().set("Link", "<" + here + "/x?page=2>; rel=\"next\"");
                    Recorder.say(exchange, 200, "[{\"id\":1}]");
                });
                GitHub github = Recorded.connect(server)) {
            assertThat(releases(github)).hasSize(GitHub.MOST_PAGES);
        }
    }

    private static List<GHRelease> releases(GitHub github) {
        return github.typed()
                .ask(
                        REPOSITORY,
                        DOING,
                        Permission.NOTHING,
                        there -> there.listReleases().toList());
    }

    /** Another server than GitHub, or a page that a proxy put before the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[null]", "[7]", "{\"id\":1", "[{\"id\":1}", "\"x\"", "", "{\"id\":[]}", "[{\"id\":{}}]"
            })
    void saysWhatIsWrongWithAnAnswerThatIsNotGitHubs(String json) throws IOException {
        try (Recorder server = new Recorder(exchange -> Recorder.say(exchange, 200, json));
                GitHub github = Recorded.connect(server)) {
            assertThatThrownBy(() -> github.typed()
                            .ask(
                                    REPOSITORY,
                                    DOING,
                                    Permission.NOTHING,
                                    there -> there.getIssue(7).getBody().length()))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("could not try it: ")
                    .extracting(e -> ((Failure) e).exitCode())
                    .isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @Test
    void doesNotTakeAPageForAnAnswer() throws IOException {
        try (Recorder server = new Recorder(exchange -> {
                    byte[] page = "<html>sign in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                });
                GitHub github = Recorded.connect(server)) {
            assertThatThrownBy(() -> releases(github))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the answer is not JSON");
        }
    }
}
