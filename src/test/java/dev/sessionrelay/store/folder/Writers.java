package dev.sessionrelay.store.folder;

import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Crowd;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process of many writers, started by {@link FolderStoreIT}: each saves a session of its own and adds a turn to a
 * shared one.
 */
final class Writers {
    static final SessionId SHARED = Conversation.id(0);

    private Writers() {}

    /** The store's folder, the first writer's number, and how many there are. */
    public static void main(String[] arguments) throws Exception {
        FolderStore store = new FolderStore(Path.of(arguments[0]));
        int first = Integer.parseInt(arguments[1]);
        Crowd.of(Integer.parseInt(arguments[2])).run(number -> {
            store.save(
                    Bundles.of(Conversation.id(first + number)).under("crowded").build(), Optional.empty());
            addATurn(store);
        });
    }

    private static void addATurn(FolderStore store) throws IOException {
        while (true) {
            Optional<StoredSession> base = store.find(new Query.BySession(SHARED, Optional.empty()));
            Bundles grown = Bundles.of(
                    SHARED, base.map(s -> s.manifest().facts().turns()).orElse(0) + 1);
            base.ifPresent(grown::onto);
            try {
                store.save(grown.build(), base);
                return;
            } catch (StaleBase otherCameFirst) {
                Thread.onSpinWait();
            }
        }
    }
}
