package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Statement;
import dev.sessionrelay.ssh.SshPrivateKey;
import dev.sessionrelay.ssh.SshSignature;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.Optional;

/** A store for whom everything is signed that goes into it. */
record SignedStore(SessionStore store, SshPrivateKey key) implements SessionStore {
    @Override
    public String name() {
        return store.name();
    }

    @Override
    public boolean isOfOneProject() {
        return store.isOfOneProject();
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        byte[] statement = Statement.of(bundle.manifest()).bytes();
        String signature =
                SshSignature.sign(key, Statement.NAMESPACE, statement).armored();
        return store.save(bundle.with(bundle.manifest().withSignature(Optional.of(signature))), base);
    }

    @Override
    public boolean isAsItWouldBeKept(StoredSession session) {
        return session.manifest().signature().isPresent() && store.isAsItWouldBeKept(session);
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        return store.find(query);
    }

    @Override
    public Listing list() throws IOException {
        return store.list();
    }

    @Override
    public Bundle load(StoredSession session) throws IOException {
        return store.load(session);
    }

    @Override
    public Holder holder(StoredSession session) {
        return store.holder(session);
    }

    @Override
    public Optional<Holder> place() {
        return store.place();
    }

    @Override
    public Optional<KeepsHistory> history() {
        return store.history();
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        store.delete(session);
    }
}
