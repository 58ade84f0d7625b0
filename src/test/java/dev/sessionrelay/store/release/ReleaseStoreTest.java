package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseStoreTest implements SessionStoreContract {
    private ReleaseWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ReleaseWorld();
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(world.standIn.ledger().errors()).isEmpty();
        world.close();
    }

    @Override
    public SessionStore open() {
        return world.store();
    }

    @Override
    public void damage(StoredSession session) {
        world.repo.damage("session-relay-" + session.manifest().sessionId());
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
