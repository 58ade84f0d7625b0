package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.agent.claude.Preparation;
import dev.sessionrelay.agent.claude.SessionFiles;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.relay.trust.OpenSessionGuard;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.merge.Merge;
import dev.sessionrelay.transcript.merge.SideFiles;
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
    public record SaveRequest(
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
            OptIn with) {
        public SaveRequest(
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
                    OptIn.NOTHING);
        }
    }

    public enum SaveOutcome {
        SAVED,
        /** The store's session went on in another way; the two are one conversation now. */
        MERGED,
        /** The store had exactly this already. */
        UNCHANGED,
        /** The store has this and more: another machine has gone on. */
        BEHIND,
        /**
         * The store's session went on in a way that cannot be joined; this one was saved beside it, with its own id.
         */
        KEPT_BOTH
    }

    /**
     * @param stored the session as the store has it now
     * @param whyApart why two continuations were not merged, when that was asked for
     * @param secrets what was found on the way
     */
    public record SaveReceipt(
            SaveOutcome outcome,
            StoredSession stored,
            SessionFiles files,
            long bytesWritten,
            Optional<String> whyApart,
            SecretReport secrets) {}

    private final SaveRequest request;
    private final SessionStore store;
    private final Preparation preparation;
    private final Patience patience = new Patience();

    private Save(SaveRequest request, SessionStore store) {
        this.request = request;
        this.store = store;
        this.preparation = new Preparation(request.origin(), request.redaction());
    }

    public static SaveReceipt run(SaveRequest request, SessionStore store) {
        return new Save(request, store).run();
    }

    private SaveReceipt run() {
        SessionFiles.Places places = find();
        PrefetchedLookup asking = PrefetchedLookup.begin(store, query(places.id()));
        try (SessionFiles files = gather(places)) {
            Preparation.Draft draft = draft(files);
            if (request.failOnSecrets() && !draft.report().isEmpty()) {
                throw SecretPolicy.found(places.id(), draft.report());
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

    private SaveReceipt save(
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
            SaveOutcome outcome = whyApart.isPresent() ? SaveOutcome.KEPT_BOTH : SaveOutcome.SAVED;
            if (stored.isPresent() && !cutting.strays().isEmpty()) {
                Bundle theirs = store.load(stored.get());
                draft = preparation.uponSides(draft, theirs, cutting.strays());
                cutting = preparation.cut(draft, id, base);
            }
            if (stored.isPresent() && cutting.strays().contains(EntryName.TRANSCRIPT)) {
                switch (SaveReconciliation.of(draft, store.load(stored.get()), preparation, request)) {
                    case SaveReconciliation.NothingToSave(boolean same) -> {
                        SaveOutcome nothing = same ? SaveOutcome.UNCHANGED : SaveOutcome.BEHIND;
                        return new SaveReceipt(nothing, stored.get(), draft.files(), 0, whyApart, draft.report());
                    }
                    case SaveReconciliation.Together together -> {
                        cutting = preparation.cut(together.draft(), id, base);
                        outcome = together.merged() && whyApart.isEmpty() ? SaveOutcome.MERGED : outcome;
                    }
                    case SaveReconciliation.Diverged apart -> {
                        return keepBoth(id, apart, stored.get());
                    }
                }
            }
            Bundle bundle = cutting.bundle();
            if (stored.isPresent()) {
                boolean parted = outcome == SaveOutcome.MERGED;
                bundle = SideFiles.unite(store.load(stored.get()), bundle, Merge.MergeRule.BY_TIME, parted);
            }
            Manifest manifest = bundle.manifest().withKey(request.key().text()).after(base);
            if (base.isPresent() && isSame(base.get(), manifest) && store.isAsItWouldBeKept(stored.get())) {
                return new SaveReceipt(SaveOutcome.UNCHANGED, stored.get(), draft.files(), 0, whyApart, draft.report());
            }
            try {
                SessionStore.Saved saved = store.save(bundle.with(manifest), stored);
                return new SaveReceipt(
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
            OpenSessionGuard.refuse(stored, request.trust());
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

    private SaveReceipt keepBoth(SessionId id, SaveReconciliation.Diverged apart, StoredSession stored)
            throws IOException {
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
