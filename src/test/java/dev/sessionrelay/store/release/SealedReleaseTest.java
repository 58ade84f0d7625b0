package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.sealed.Sealing;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive may hold sealed files and no transcript. */
class SealedReleaseTest {
    private static final SessionId ID = Conversation.id(1);

    @Test
    void keepsSealedSessions(@TempDir Path temporary) throws IOException, StaleBase {
        KeyPairs key = KeyPairs.age(temporary.resolve("key"));
        try (ReleaseWorld world = new ReleaseWorld()) {
            Sealing sealing = new Sealing(
                    List.of(key.publicLine()),
                    List.of(key.file().toString()),
                    Optional.empty(),
                    new StoreContext(Map.of(), temporary, Map.of()));
            SessionStore store = sealing.around(world.store());
            store.save(Bundles.of(ID, 2).build(), Optional.empty());
            StoredSession first = find(store);
            Bundle second = Bundles.of(ID, 3).onto(first).build();
            store.save(second, Optional.of(first));

            SessionStore elsewhere = sealing.around(world.store());
            Verification.verify(elsewhere.load(find(elsewhere)), "the test");
            assertThat(find(elsewhere).manifest().facts().turns()).isEqualTo(3);
            assertThat(find(world.store()).manifest().isClosed()).isTrue();
        }
    }

    private static StoredSession find(SessionStore store) throws IOException {
        return store.find(new Query.BySession(ID, Optional.empty())).orElseThrow();
    }
}
