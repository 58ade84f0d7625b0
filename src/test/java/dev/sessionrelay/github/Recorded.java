package dev.sessionrelay.github;

import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.testing.Recorder;
import java.time.Duration;
import java.util.Map;

/** A client of a server that writes down what it is asked; it waits only for moments. */
final class Recorded {
    private Recorded() {}

    static GitHub connect(Recorder server) {
        Credentials credentials = Credentials.of(Map.of("GITHUB_API_URL", server.at(), "GH_TOKEN", "tok-1"));
        return GitHub.connect(
                credentials.server(),
                credentials.ofGitHub(),
                new Proxies(Map.of()),
                new Pauses(Duration.ofMillis(1), 4, Duration.ofSeconds(5), line -> {}));
    }
}
