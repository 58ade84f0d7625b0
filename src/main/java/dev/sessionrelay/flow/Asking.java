package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Awaited;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** A store that is asked for a session while something else is done: one far away takes its time to answer. */
final class Asking {
    private final FutureTask<Optional<StoredSession>> answer;

    private Asking(FutureTask<Optional<StoredSession>> answer) {
        this.answer = answer;
    }

    static Asking begin(SessionStore store, Query query) {
        FutureTask<Optional<StoredSession>> answer = new FutureTask<>(() -> store.find(query));
        Thread.ofPlatform().daemon().name("asking").start(answer);
        return new Asking(answer);
    }

    Optional<StoredSession> answer() throws IOException {
        return Awaited.result(answer);
    }
}
