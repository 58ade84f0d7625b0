package dev.sessionrelay.relay;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.Comparison;
import java.io.IOException;
import java.util.Optional;

/** Carries a stored session from one store to another. The first copy goes only when the second was read back whole. */
public final class Move {

    /**
     * @param key the thread that it is to belong to; empty for the one that it has
     * @param keep whether the first copy stays
     */
    public record MoveRequest(Query query, Optional<Key> key, boolean keep) {}

    /** @param removed whether the first copy is gone */
    public record MoveReceipt(StoredSession from, StoredSession to, long bytesWritten, boolean removed) {}

    private final MoveRequest request;
    private final SessionStore from;
    private final SessionStore to;
    private final Patience patience = new Patience();

    private Move(MoveRequest request, SessionStore from, SessionStore to) {
        this.request = request;
        this.from = from;
        this.to = to;
    }

    public static MoveReceipt run(MoveRequest request, SessionStore from, SessionStore to) {
        if (to.isReadOnly()) {
            throw Failure.badInput("nothing can be saved in " + to.name(), "name another store to move to");
        }
        return new Move(request, from, to).run();
    }

    private MoveReceipt run() {
        StoredSession source;
        Bundle bundle;
        try {
            source = from.find(request.query())
                    .orElseThrow(() -> Failure.nothingFound(
                            from.name() + " holds nothing for "
                                    + request.query().describe(),
                            "`session-relay list` shows what it holds"));
            bundle = Verification.verify(from.load(source), source.ref().toString());
        } catch (IOException e) {
            throw Failure.ofDisk("read the stored session", from.name(), e);
        }
        try {
            SessionStore.Saved saved = save(bundle, source);
            check(bundle, saved.session());
            return new MoveReceipt(source, saved.session(), saved.bytesWritten(), remove(source, saved.session()));
        } catch (IOException e) {
            throw Failure.ofDisk("move session " + source.manifest().sessionId(), to.name(), e);
        }
    }

    private SessionStore.Saved save(Bundle bundle, StoredSession source) throws IOException {
        Manifest manifest =
                request.key().map(key -> underKey(bundle.manifest(), key)).orElse(bundle.manifest());
        while (true) {
            Optional<StoredSession> there = to.find(
                    new Query.BySession(manifest.sessionId(), manifest.key().map(Key::new)));
            if (there.isPresent()) {
                if (hasAll(there.get(), bundle) && there.get().manifest().key().equals(manifest.key())) {
                    return new SessionStore.Saved(there.get(), 0);
                }
                requireBeginning(there.get(), bundle, source);
            }
            try {
                return to.save(bundle.with(manifest), there);
            } catch (StaleBase otherCameFirst) {
                patience.waitOrGiveUp(String.valueOf(otherCameFirst.getMessage()));
            }
        }
    }

    /** A signature is for one key. */
    private static Manifest underKey(Manifest manifest, Key key) {
        return manifest.key().equals(Optional.of(key.text()))
                ? manifest
                : manifest.withKey(key.text()).withSignature(Optional.empty());
    }

    private static boolean hasAll(StoredSession there, Bundle bundle) {
        return bundle.manifest().entries().stream()
                .allMatch(entry -> there.manifest()
                        .entry(entry.name())
                        .filter(other -> other.digest().equals(entry.digest()))
                        .isPresent());
    }

    private void requireBeginning(StoredSession there, Bundle bundle, StoredSession source) throws IOException {
        switch (Comparison.of(to.load(there).transcript(), bundle.transcript()).relation()) {
            case EQUAL, SHORTER -> {}
            case LONGER, DIVERGED ->
                throw Failure.conflict(
                        there.ref() + " has more of the session than " + source.ref() + ", or went on in another way",
                        "restore both on one machine, which merges them, and save; nothing was changed");
        }
    }

    /** Reads back what was saved, and compares every digest. */
    private void check(Bundle bundle, StoredSession saved) throws IOException {
        Bundle back = to.load(saved);
        Verification.verify(back, saved.ref().toString());
        for (Entry entry : bundle.manifest().entries()) {
            boolean same = back.manifest()
                    .entry(entry.name())
                    .filter(other -> other.digest().equals(entry.digest()))
                    .isPresent();
            if (!same) {
                throw Failure.damaged(
                        entry.name() + " of " + saved.ref() + " is not what was moved there",
                        "the first copy is still where it was");
            }
        }
    }

    private boolean remove(StoredSession source, StoredSession moved) throws IOException {
        if (request.keep() || from.isReadOnly() || source.ref().equals(moved.ref())) {
            return false;
        }
        try {
            from.delete(source);
            return true;
        } catch (StaleBase wentOn) {
            throw Failure.conflict(
                    source.ref() + " was saved again while it was moved, and stays",
                    "run this again: what is in " + moved.ref() + " is continued");
        }
    }
}
