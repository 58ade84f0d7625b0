package dev.sessionrelay.relay;

import dev.sessionrelay.io.Pending;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** A store that is asked for a session while something else is done: one far away takes its time to answer. */
final class PrefetchedLookup {
    private final FutureTask<Optional<StoredSession>> answer;

    private PrefetchedLookup(FutureTask<Optional<StoredSession>> answer) {
        this.answer = answer;
    }

    static PrefetchedLookup begin(SessionStore store, Query query) {
        FutureTask<Optional<StoredSession>> answer = new FutureTask<>(() -> store.find(query));
        Thread.ofPlatform().daemon().name("asking").start(answer);
        return new PrefetchedLookup(answer);
    }

    Optional<StoredSession> answer() throws IOException {
        return Pending.result(answer);
    }
}
