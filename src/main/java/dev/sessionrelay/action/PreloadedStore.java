package dev.sessionrelay.action;

import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.Optional;

/** A store in which the session to restore was found before, and need not be asked for over the network once more. */
record PreloadedStore(SessionStore store, StoredSession session) implements SessionStore {
    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Holder holder(StoredSession stored) {
        return store.holder(stored);
    }

    @Override
    public Optional<Holder> place() {
        return store.place();
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        boolean isIt = query instanceof Query.ByRef byRef && byRef.ref().equals(session.ref());
        return isIt ? Optional.of(session) : store.find(query);
    }

    @Override
    public Listing list() throws IOException {
        return store.list();
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        return store.save(bundle, base);
    }

    @Override
    public Bundle load(StoredSession stored) throws IOException {
        return store.load(stored);
    }

    @Override
    public void delete(StoredSession stored) throws IOException, StaleBase {
        store.delete(stored);
    }
}
