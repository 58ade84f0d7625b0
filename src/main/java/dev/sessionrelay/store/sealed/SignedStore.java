package dev.sessionrelay.store.sealed;

import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.sign.SshSignature;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.Optional;

/** A store for whom everything is signed that goes into it. */
record SignedStore(SessionStore store, SshPrivateKey key, LastSeen seen) implements SessionStore {
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
        // What is signed is what will be read: a title, say, is shortened on the way.
        Manifest read =
                ManifestJson.read(ManifestJson.write(bundle.manifest().withSignature(Optional.empty())), name());
        byte[] statement = Statement.of(read).bytes();
        String signature =
                SshSignature.sign(key, Statement.NAMESPACE, statement).armored();
        Saved saved = store.save(bundle.with(read.withSignature(Optional.of(signature))), base);
        seen.remember(
                saved.session(),
                read.key()
                        .<AskedSession>map(thread -> new AskedSession.OfKey(new Key(thread)))
                        .orElseGet(AskedSession.Session::new));
        return saved;
    }

    @Override
    public boolean isAsItWouldBeKept(StoredSession session) {
        return isSignedAsNow(session.manifest()) && store.isAsItWouldBeKept(session);
    }

    /** What is signed in an earlier form is signed anew. */
    private static boolean isSignedAsNow(Manifest manifest) {
        try {
            return manifest.signature()
                    .filter(text ->
                            SshSignature.parse(text).isOf(Statement.of(manifest).bytes()))
                    .isPresent();
        } catch (IllegalArgumentException damaged) {
            return false;
        }
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
