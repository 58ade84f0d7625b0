package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Origin;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.ClaudeHome;
import dev.sessionrelay.claude.Discovery;
import dev.sessionrelay.claude.SessionFiles;
import dev.sessionrelay.claude.With;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.merge.Merge;
import dev.sessionrelay.merge.Sides;
import dev.sessionrelay.prepare.Preparation;
import dev.sessionrelay.prepare.redact.Redaction;
import dev.sessionrelay.prepare.redact.Report;
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

    /**
     * @param id the session that is meant; empty for the newest one of the working folder
     * @param trust what is stored of it already may become a part of what is saved, and so has to be trusted as well
     * @param with what else is taken along
     */
    public record Request(
            ClaudeHome home,
            Path workingFolder,
            Optional<SessionId> id,
            Optional<String> branch,
            Key key,
            OnConflict onConflict,
            Origin origin,
            Redaction redaction,
            boolean failOnSecrets,
            Trust trust,
            boolean onlySealed,
            With with) {
        public Request(
                ClaudeHome home,
                Path workingFolder,
                Optional<SessionId> id,
                Optional<String> branch,
                Key key,
                OnConflict onConflict,
                Origin origin,
                Redaction redaction,
                boolean failOnSecrets) {
            this(
                    home,
                    workingFolder,
                    id,
                    branch,
                    key,
                    onConflict,
                    origin,
                    redaction,
                    failOnSecrets,
                    new Trust.Anyone(),
                    false,
                    With.NOTHING);
        }
    }

    public enum Outcome {
        SAVED,
        /** The store's session went on in another way; the two are one conversation now. */
        MERGED,
        /** The store had exactly this already. */
        UNCHANGED,
        /** The store has this and more: another machine has gone on. */
        BEHIND,
        /** The store's session went on in a way that cannot be joined; this one was saved beside it, with its own id. */
        KEPT_BOTH
    }

    /**
     * @param stored the session as the store has it now
     * @param whyApart why two continuations were not merged, when that was asked for
     * @param secrets what was found on the way
     */
    public record Receipt(
            Outcome outcome,
            StoredSession stored,
            SessionFiles files,
            long bytesWritten,
            Optional<String> whyApart,
            Report secrets) {}

    private final Request request;
    private final SessionStore store;
    private final Preparation preparation;
    private final Patience patience = new Patience();

    private Save(Request request, SessionStore store) {
        this.request = request;
        this.store = store;
        this.preparation = new Preparation(request.origin(), request.redaction());
    }

    public static Receipt run(Request request, SessionStore store) {
        return new Save(request, store).run();
    }

    private Receipt run() {
        SessionFiles.Places places = find();
        Asking asking = Asking.begin(store, query(places.id()));
        try (SessionFiles files = gather(places)) {
            Preparation.Draft draft = draft(files);
            if (request.failOnSecrets() && !draft.report().isEmpty()) {
                throw Secrets.found(places.id(), draft.report());
            }
            return save(draft, places.id(), asking.answer(), Optional.empty());
        } catch (IOException e) {
            throw Failure.ofDisk("save session " + places.id(), store.name(), e);
        }
    }

    private SessionFiles gather(SessionFiles.Places places) {
        try {
            return SessionFiles.gather(places, request.with());
        } catch (IOException e) {
            throw Failure.ofDisk("read session " + places.id(), places.transcript(), e);
        }
    }

    private Preparation.Draft draft(SessionFiles files) {
        try {
            return preparation.draft(files);
        } catch (IOException e) {
            throw Failure.ofDisk("read session " + files.id(), files.transcript(), e);
        }
    }

    private SessionFiles.Places find() {
        Discovery discovery = new Discovery(request.home());
        return request.id()
                .map(id -> discovery.byId(id, request.workingFolder()))
                .orElseGet(() -> discovery.places(
                        discovery.newest(request.workingFolder(), request.branch()), request.workingFolder()));
    }

    private Query query(SessionId id) {
        return new Query.BySession(id, Optional.of(request.key()));
    }

    private Receipt save(
            Preparation.Draft prepared, SessionId id, Optional<StoredSession> found, Optional<String> whyApart)
            throws IOException {
        Optional<StoredSession> stored = found;
        while (true) {
            Preparation.Draft draft = prepared;
            Optional<Manifest> base = stored.map(StoredSession::manifest);
            if (base.filter(Manifest::isClosed).isPresent()) {
                throw cannotCompare(stored.get());
            }
            stored.ifPresent(this::requireTrusted);
            Preparation.Cutting cutting = preparation.cut(draft, id, base);
            Outcome outcome = whyApart.isPresent() ? Outcome.KEPT_BOTH : Outcome.SAVED;
            if (stored.isPresent() && !cutting.strays().isEmpty()) {
                Bundle theirs = store.load(stored.get());
                draft = preparation.uponSides(draft, theirs, cutting.strays());
                cutting = preparation.cut(draft, id, base);
            }
            if (stored.isPresent() && cutting.strays().contains(EntryName.TRANSCRIPT)) {
                switch (Meeting.of(draft, store.load(stored.get()), preparation, request)) {
                    case Meeting.NothingToSave(boolean same) -> {
                        Outcome nothing = same ? Outcome.UNCHANGED : Outcome.BEHIND;
                        return new Receipt(nothing, stored.get(), draft.files(), 0, whyApart, draft.report());
                    }
                    case Meeting.Together together -> {
                        cutting = preparation.cut(together.draft(), id, base);
                        outcome = together.merged() && whyApart.isEmpty() ? Outcome.MERGED : outcome;
                    }
                    case Meeting.Apart apart -> {
                        return keepBoth(id, apart, stored.get());
                    }
                }
            }
            Bundle bundle = cutting.bundle();
            if (stored.isPresent()) {
                boolean parted = outcome == Outcome.MERGED;
                bundle = Sides.unite(store.load(stored.get()), bundle, Merge.Rule.BY_TIME, parted);
            }
            Manifest manifest = bundle.manifest().withKey(request.key().text()).after(base);
            if (base.isPresent() && isSame(base.get(), manifest) && store.isAsItWouldBeKept(stored.get())) {
                return new Receipt(Outcome.UNCHANGED, stored.get(), draft.files(), 0, whyApart, draft.report());
            }
            try {
                SessionStore.Saved saved = store.save(bundle.with(manifest), stored);
                return new Receipt(
                        outcome, saved.session(), draft.files(), saved.bytesWritten(), whyApart, draft.report());
            } catch (StaleBase otherCameFirst) {
                patience.waitOrGiveUp(String.valueOf(otherCameFirst.getMessage()));
                stored = store.find(query(id));
            }
        }
    }

    private void requireTrusted(StoredSession stored) {
        request.trust().require(stored, store.holder(stored));
        if (request.onlySealed()) {
            OpenOne.refuse(stored, request.trust());
        }
    }

    /** Whether the store's is a beginning of ours cannot be seen from outside, and it may be another machine's work. */
    private static Failure cannotCompare(StoredSession stored) {
        return Failure.conflict(
                "session " + stored.manifest().sessionId()
                        + " is in the store already, sealed, and no key here opens it:"
                        + " whether it has something that is not here cannot be seen",
                "give a key that opens it with decrypt-key or in SESSION_RELAY_KEY, or delete " + stored.ref()
                        + " before; nothing was changed");
    }

    private static boolean isSame(Manifest stored, Manifest own) {
        return stored.key().equals(own.key())
                && own.entries().stream()
                        .allMatch(entry -> stored.entry(entry.name())
                                .filter(other -> other.digest().equals(entry.digest()))
                                .isPresent());
    }

    private Receipt keepBoth(SessionId id, Meeting.Apart apart, StoredSession stored) throws IOException {
        if (request.onConflict() == OnConflict.FAIL) {
            throw Failure.conflict(
                    "session " + id + " went on in two ways: here and in " + stored.ref(),
                    "make one conversation of both with --on-conflict merge, or save this one beside it with"
                            + " --on-conflict keep-both; nothing was changed");
        }
        byte[] ownLine = apart.comparison().ownLineOfSecond(apart.draft().transcript());
        SessionId beside = id.forContinuation(ownLine);
        return save(apart.draft(), beside, store.find(query(beside)), Optional.of(apart.why()));
    }
}
