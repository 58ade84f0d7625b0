package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Origin;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.ClaudeHome;
import dev.sessionrelay.claude.Discovery;
import dev.sessionrelay.claude.SessionFiles;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.prepare.Preparation;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a session from this machine's disk into a store. */
public final class Save {

    /** @param id the session that is meant; empty for the newest one of the working folder */
    public record Request(
            ClaudeHome home,
            Path workingFolder,
            Optional<SessionId> id,
            Optional<String> branch,
            Key key,
            OnConflict onConflict,
            Origin origin) {}

    public enum Outcome {
        SAVED,
        /** The store had exactly this already. */
        UNCHANGED,
        /** The store has this and more: another machine has gone on. */
        BEHIND,
        /** The store's session went on in another way; this one was saved beside it, with its own id. */
        KEPT_BOTH
    }

    /** @param stored the session as the store has it now */
    public record Receipt(Outcome outcome, StoredSession stored, SessionFiles files, long bytesWritten) {}

    private final Request request;
    private final SessionStore store;
    private final Preparation preparation;
    private final Patience patience = new Patience();

    private Save(Request request, SessionStore store) {
        this.request = request;
        this.store = store;
        this.preparation = new Preparation(request.origin());
    }

    public static Receipt run(Request request, SessionStore store) {
        return new Save(request, store).run();
    }

    private Receipt run() {
        SessionFiles.Places places = find();
        Preparation.Draft draft;
        try {
            draft = preparation.draft(SessionFiles.gather(places));
        } catch (IOException e) {
            throw Failure.ofDisk("read session " + places.id(), places.transcript(), e);
        }
        try {
            return save(draft, places.id());
        } catch (IOException e) {
            throw Failure.ofDisk("save session " + places.id(), store.name(), e);
        }
    }

    private SessionFiles.Places find() {
        Discovery discovery = new Discovery(request.home());
        return request.id()
                .map(id -> discovery.byId(id, request.workingFolder()))
                .orElseGet(() -> discovery.places(
                        discovery.newest(request.workingFolder(), request.branch()), request.workingFolder()));
    }

    private Receipt save(Preparation.Draft draft, SessionId id) throws IOException {
        while (true) {
            Optional<StoredSession> stored = store.find(new Query.BySession(id, Optional.of(request.key())));
            Preparation.Cutting cutting = preparation.cut(draft, id, stored.map(StoredSession::manifest));
            if (stored.isPresent() && !cutting.extendsStored()) {
                Bundle theirs = store.load(stored.get());
                Comparison comparison = Comparison.of(draft.transcript(), theirs.transcript());
                if (comparison.relation() == Comparison.Relation.SHORTER) {
                    return new Receipt(Outcome.BEHIND, stored.get(), draft.files(), 0);
                }
                return keepBoth(draft, id, comparison, stored.get());
            }
            Bundle bundle =
                    stored.isPresent() ? Carrying.carry(cutting.bundle(), store.load(stored.get())) : cutting.bundle();
            Manifest manifest = bundle.manifest().withKey(request.key().text());
            if (stored.isPresent() && isSame(stored.get().manifest(), manifest)) {
                return new Receipt(Outcome.UNCHANGED, stored.get(), draft.files(), 0);
            }
            try {
                SessionStore.Saved saved = store.save(bundle.with(manifest), stored);
                boolean ownId = id.equals(draft.files().id());
                return new Receipt(
                        ownId ? Outcome.SAVED : Outcome.KEPT_BOTH,
                        saved.session(),
                        draft.files(),
                        saved.bytesWritten());
            } catch (StaleBase otherCameFirst) {
                patience.waitOrGiveUp(String.valueOf(otherCameFirst.getMessage()));
            }
        }
    }

    private static boolean isSame(Manifest stored, Manifest own) {
        return stored.key().equals(own.key())
                && own.entries().stream()
                        .allMatch(entry -> stored.entry(entry.name())
                                .filter(other -> other.digest().equals(entry.digest()))
                                .isPresent());
    }

    private Receipt keepBoth(Preparation.Draft draft, SessionId id, Comparison comparison, StoredSession stored)
            throws IOException {
        if (request.onConflict() == OnConflict.FAIL) {
            throw Failure.conflict(
                    "session " + id + " went on in two ways: here and in " + stored.ref(),
                    "save this one beside it with --on-conflict keep-both; nothing was changed");
        }
        return save(draft, id.forContinuation(comparison.firstOwnLine(draft.transcript())));
    }
}
