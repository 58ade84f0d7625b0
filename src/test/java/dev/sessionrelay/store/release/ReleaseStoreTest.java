package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Pauses;
import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.Server;
import dev.sessionrelay.github.Token;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseStoreTest implements SessionStoreContract {
    private StandIn standIn;
    private Repo repo;
    private GitHub github;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        github = GitHub.connect(
                Server.of(Map.of("GITHUB_API_URL", standIn.at().api())),
                Optional.of(new Token("ghs_job", "GITHUB_TOKEN")),
                Proxies.of(Map.of()),
                new Pauses(Duration.ofMillis(1), 4, Duration.ofSeconds(5), line -> {}));
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        github.close();
        standIn.close();
    }

    @Override
    public SessionStore open() {
        return new ReleaseStore(github, new RepositoryName("octocat", "hello"), false, line -> {});
    }

    @Override
    public void damage(StoredSession session) {
        repo.releases().values().stream()
                .flatMap(release -> release.assets().values().stream())
                .filter(asset -> asset.name()
                        .startsWith("session-relay-" + session.manifest().sessionId()))
                .forEach(asset -> asset.overwrite("{\"format\":".getBytes(StandardCharsets.UTF_8)));
    }

    /** An archive goes as a whole; what is saved is what compressing saves. */
    @Override
    @Test
    public void writesOnlyWhatIsNew() throws IOException, StaleBase {
        byte[] lines = "{\"type\":\"user\",\"message\":\"the same again and again\"}\n"
                .repeat(5000)
                .getBytes(StandardCharsets.UTF_8);
        Bundle bundle = Bundles.of(ID).transcript(lines).build();
        SessionStore.Saved saved = open().save(bundle, Optional.empty());

        assertThat(saved.bytesWritten()).isBetween(1000L, 20_000L);
    }
}
