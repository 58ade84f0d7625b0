package dev.sessionrelay.store.sealed;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.TemporaryFolder;
import dev.sessionrelay.protect.seal.Opener;
import dev.sessionrelay.protect.seal.Recipient;
import dev.sessionrelay.protect.seal.Sealer;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Seal;
import dev.sessionrelay.store.ForceDelete;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A store whose sessions are sealed on their way in and opened on their way out. The store itself keeps files and knows
 * nothing of it. A session that no key here opens is shown as far as everybody may see it.
 */
final class SealedStore implements SessionStore {
    private final SessionStore store;
    private final Sealing sealing;

    SealedStore(SessionStore store, Sealing sealing) {
        this.store = store;
        this.sealing = sealing;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public boolean isOfOneProject() {
        return store.isOfOneProject();
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        return store.find(query).map(this::opened);
    }

    @Override
    public Listing list() throws IOException {
        Listing listing = store.list();
        List<StoredSession> sessions = new ArrayList<>();
        List<String> problems = new ArrayList<>(listing.problems());
        for (StoredSession session : listing.sessions()) {
            try {
                sessions.add(opened(session));
            } catch (Failure damaged) {
                problems.add(String.valueOf(damaged.getMessage()));
            }
        }
        return new Listing(sessions, problems);
    }

    private StoredSession opened(StoredSession session) {
        if (session.manifest().seal().isEmpty()) {
            return session;
        }
        Opener opener = opener(session);
        return opener.manifest(session.manifest())
                .or(() -> sealing.ownSeals().recall(session.manifest(), opener))
                .map(inside -> shown(session, inside))
                .orElse(session);
    }

    private static StoredSession shown(StoredSession session, Manifest manifest) {
        return new StoredSession(session.ref(), manifest, session.version());
    }

    private Opener opener(StoredSession session) {
        return new Opener(sealing.identities().keys(), session.ref().toString());
    }

    private static StoredSession asStored(StoredSession session) {
        return shown(session, session.manifest().asStored());
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        Optional<StoredSession> stored = base.map(SealedStore::asStored);
        if (!sealing.seals()) {
            stored.flatMap(session -> session.manifest().seal()).ifPresent(seal -> refuseInTheOpen(bundle, seal));
            return store.save(bundle, stored);
        }
        try (TemporaryFolder folder = TemporaryFolder.make("sealed")) {
            Bundle sealed = new Sealer(sealing.recipients()).seal(bundle, earlier(base), folder.path());
            Saved saved = store.save(sealed, stored);
            Manifest inside = bundle.manifest()
                    .withSeal(sealed.manifest().seal())
                    .withSignature(saved.session().manifest().signature());
            if (opener(saved.session()).manifest(sealed.manifest()).isEmpty()) {
                sealing.ownSeals().remember(inside);
            }
            return new Saved(shown(saved.session(), inside), saved.bytesWritten());
        } catch (Failure unreadable) {
            if (stored.isPresent() && !isStillThere(stored.get())) {
                // A file that was to be kept went with its session.
                throw new StaleBase(stored.get().ref() + " was saved or deleted by someone else meanwhile");
            }
            throw unreadable;
        }
    }

    private boolean isStillThere(StoredSession stored) throws IOException {
        return store.find(new Query.ByRef(stored.ref()))
                .filter(now -> now.version().equals(stored.version()))
                .isPresent();
    }

    /** Not, when it is to be sealed to others than it was. */
    @Override
    public boolean isAsItWouldBeKept(StoredSession session) {
        return store.isAsItWouldBeKept(asStored(session))
                && (!sealing.seals()
                        || session.manifest()
                                .seal()
                                .filter(new Sealer(sealing.recipients())::isToTheSame)
                                .isPresent());
    }

    private Optional<Sealer.Earlier> earlier(Optional<StoredSession> base) throws IOException {
        if (base.isEmpty() || base.get().manifest().isClosed()) {
            return Optional.empty();
        }
        StoredSession stored = asStored(base.get());
        return stored.manifest().seal().isEmpty()
                ? Optional.empty()
                : Optional.of(new Sealer.Earlier(store.load(stored), base.get().manifest()));
    }

    /** What was sealed once must not come to lie open because somebody forgot an option. */
    private void refuseInTheOpen(Bundle bundle, Seal seal) {
        throw Failure.notAllowed(
                "session " + bundle.manifest().sessionId() + " is kept sealed in " + store.name()
                        + ", and would now be saved in the open",
                "say again whom to seal it to, with encrypt-to (it is sealed to " + describe(seal)
                        + "), or delete it there before you save it in the open");
    }

    @Override
    public Bundle load(StoredSession session) throws IOException {
        StoredSession stored = asStored(session);
        if (session.manifest().isClosed()) {
            throw closed(session);
        }
        Bundle bundle = store.load(stored);
        return stored.manifest().seal().isEmpty() ? bundle : opener(session).open(bundle, session.manifest());
    }

    private Failure closed(StoredSession session) {
        Seal seal = session.manifest().seal().orElseThrow();
        return Failure.damaged(
                session.ref() + " is sealed to " + describe(seal) + "; "
                        + sealing.identities().describe(),
                "give the private key of one of them with decrypt-key or in SESSION_RELAY_KEY");
    }

    static String describe(Seal seal) {
        return seal.to().stream().map(SealedStore::describe).collect(Collectors.joining(", "));
    }

    private static String describe(String line) {
        try {
            return Recipient.parse(line).describe();
        } catch (IllegalArgumentException e) {
            return "a key of a kind that is not known here";
        }
    }

    @Override
    public Holder holder(StoredSession session) {
        return store.holder(asStored(session));
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
    public Optional<ForceDelete> removesUnread() {
        return store.removesUnread();
    }

    @Override
    public boolean isReadOnly() {
        return store.isReadOnly();
    }

    @Override
    public Optional<String> pageOf(StoredSession session) {
        return store.pageOf(session);
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        store.delete(asStored(session));
    }
}
