package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.bundle.Verification;
import dev.sessionrelay.flow.Sealing;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Pauses;
import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.Server;
import dev.sessionrelay.github.Token;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.Surroundings;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive may hold sealed files and no transcript. */
class SealedReleaseTest {
    private static final SessionId ID = Conversation.id(1);

    @Test
    void keepsSealedSessions(@TempDir Path temporary) throws IOException, StaleBase {
        KeyPairs key = KeyPairs.age(temporary.resolve("key"));
        try (StandIn standIn = StandIn.start()) {
            standIn.hub().repository("octocat/hello", false);
            standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
            Sealing sealing = new Sealing(
                    List.of(key.publicLine()),
                    List.of(key.file().toString()),
                    Optional.empty(),
                    new Surroundings(Map.of(), temporary, Map.of()));
            SessionStore store = sealing.around(open(standIn));
            store.save(Bundles.of(ID, 2).build(), Optional.empty());
            StoredSession first = find(store);
            Bundle second = Bundles.of(ID, 3).onto(first).build();
            store.save(second, Optional.of(first));

            SessionStore elsewhere = sealing.around(open(standIn));
            Verification.verify(elsewhere.load(find(elsewhere)), "the test");
            assertThat(find(elsewhere).manifest().facts().turns()).isEqualTo(3);
            assertThat(find(open(standIn)).manifest().isClosed()).isTrue();
        }
    }

    private static SessionStore open(StandIn standIn) {
        GitHub github = GitHub.connect(
                Server.of(Map.of("GITHUB_API_URL", standIn.at().api())),
                Optional.of(new Token("ghs_job", "GITHUB_TOKEN")),
                Proxies.of(Map.of()),
                new Pauses(Duration.ofMillis(1), 4, Duration.ofSeconds(5), line -> {}));
        return new ReleaseStore(github, new RepositoryName("octocat", "hello"), false, line -> {});
    }

    private static StoredSession find(SessionStore store) throws IOException {
        return store.find(new Query.BySession(ID, Optional.empty())).orElseThrow();
    }
}
