package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.agent.claude.InertSession;
import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.agent.claude.SessionFiles;
import dev.sessionrelay.agent.claude.SessionInstaller;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.trust.OpenSessionGuard;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.sealed.AskedSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a stored session where {@code claude --resume} finds it on this machine. */
public final class Restore {

    /**
     * @param asked what the query came from, where it was asked before
     * @param with what was taken along, and is to be placed
     * @param onlySealed whether sessions are sealed here, so that one in the open was put in the place of another
     */
    public record RestoreRequest(
            ClaudeHome home,
            Path workingFolder,
            Query query,
            OnConflict onConflict,
            Trust trust,
            AskedSession asked,
            boolean onlySealed,
            OptIn with) {
        public RestoreRequest(ClaudeHome home, Path workingFolder, Query query, OnConflict onConflict, Trust trust) {
            this(home, workingFolder, query, onConflict, trust, AskedSession.by(query), false, OptIn.NOTHING);
        }
    }

    public enum RestoreOutcome {
        PLACED,
        APPENDED,
        /** What the stored session has for itself was put behind what this machine has for itself. */
        MERGED,
        /** The stored session has all that was here, in an order that only it can have. */
        REPLACED,
        UNCHANGED,
        AHEAD,
        KEPT_BOTH;

        private static RestoreOutcome of(SessionInstaller.Installation placed) {
            return switch (placed) {
                case PLACED -> PLACED;
                case APPENDED -> APPENDED;
                case REPLACED -> REPLACED;
                case UNCHANGED -> UNCHANGED;
                case AHEAD -> AHEAD;
                case DIVERGED -> throw new IllegalStateException("a divergence is no end");
            };
        }
    }

    /** @param id the session to resume: another than the stored one when both were kept */
    public record RestoreReceipt(
            RestoreOutcome outcome,
            SessionId id,
            StoredSession stored,
            Path transcript,
            long bytesWritten,
            List<String> notes) {}

    private Restore() {}

    public static RestoreReceipt run(RestoreRequest request, SessionStore store) {
        StoredSession stored;
        Along along;
        InertSession harmless;
        try {
            store.place().ifPresent(place -> request.trust().requirePlace(whereOf(request.query(), store), place));
            stored = store.find(request.query())
                    .orElseThrow(() -> Failure.nothingFound(
                            store.name() + " holds nothing for "
                                    + request.query().describe(),
                            "`session-relay list` shows what it holds"));
            request.trust().require(stored, store.holder(stored));
            if (request.onlySealed()) {
                OpenSessionGuard.refuse(stored, request.trust());
            }
            stored = request.trust().proven(stored, request.asked());
            along = Along.of(store.load(stored), request.with(), request.trust());
            harmless = InertSession.of(
                    along.bundle(), stored.ref().toString(), request.trust().unknownKinds());
        } catch (IOException e) {
            throw Failure.ofDisk("read the stored session", store.name(), e);
        }
        try {
            RestoreReceipt receipt = place(request, stored, harmless);
            request.trust().restored(stored, request.asked());
            receipt.notes().addAll(along.notes());
            return receipt;
        } catch (IOException e) {
            throw Failure.ofDisk(
                    "restore session " + stored.manifest().sessionId(),
                    request.home().root(),
                    e);
        }
    }

    private static String whereOf(Query query, SessionStore store) {
        return query instanceof Query.ByRef(var ref) ? ref.toString() : store.name();
    }

    private static RestoreReceipt place(RestoreRequest request, StoredSession stored, InertSession harmless)
            throws IOException {
        Bundle bundle = harmless.bundle();
        Path project = request.home().projectOf(ProjectFolder.realPath(request.workingFolder()));
        SessionId id = stored.manifest().sessionId();
        while (true) {
            SessionFiles.Places places = new SessionFiles.Places(request.home(), project, id);
            boolean ownId = id.equals(stored.manifest().sessionId());
            SessionInstaller.Placed placed =
                    SessionInstaller.place(bundle, places, request.trust().unknownKinds());
            if (placed.outcome() != SessionInstaller.Installation.DIVERGED) {
                RestoreOutcome outcome = ownId ? RestoreOutcome.of(placed.outcome()) : RestoreOutcome.KEPT_BOTH;
                return receipt(request, stored, places, outcome, placed, harmless);
            }
            switch (RestoreReconciliation.of(bundle, places, request.onConflict())) {
                case RestoreReconciliation.Reconciled done -> {
                    RestoreOutcome outcome = ownId ? done.outcome() : RestoreOutcome.KEPT_BOTH;
                    return receipt(request, stored, places, outcome, done.placed(), harmless);
                }
                case RestoreReconciliation.Again _ -> {}
                case RestoreReconciliation.KeptApart _
                when request.onConflict() == OnConflict.KEEP_BOTH ->
                    id = id.forContinuation(placed.comparison().orElseThrow().ownLineOfSecond(bundle.transcript()));
                case RestoreReconciliation.KeptApart apart -> throw conflict(request, stored, places, apart.why());
            }
        }
    }

    private static Failure conflict(
            RestoreRequest request, StoredSession stored, SessionFiles.Places places, String whyNotMerged) {
        String ways = "session " + places.id() + " went on in two ways: in " + places.transcript() + " and in "
                + stored.ref();
        String keepBoth = "restore the stored one beside it, under a new id, with --on-conflict keep-both";
        if (request.onConflict() == OnConflict.FAIL) {
            return Failure.conflict(
                    ways,
                    "add what is new to yours with --on-conflict merge, or " + keepBoth + ". Nothing was changed");
        }
        return Failure.conflict(
                ways + ", and the stored records cannot be put behind yours: " + whyNotMerged,
                "save yours first, which may join them in the other order, and restore again; or " + keepBoth
                        + ". Nothing was changed");
    }

    private static RestoreReceipt receipt(
            RestoreRequest request,
            StoredSession stored,
            SessionFiles.Places places,
            RestoreOutcome outcome,
            SessionInstaller.Placed placed,
            InertSession harmless)
            throws IOException {
        List<String> notes = new ArrayList<>(placed.notes());
        ProjectFolder.warningFor(places.project(), ProjectFolder.realPath(request.workingFolder()))
                .ifPresent(notes::add);
        outputsElsewhere(stored, places).ifPresent(notes::add);
        notes.addAll(LeftOut.describe(harmless.prepared().leftOut()));
        notes.addAll(copiesElsewhere(request.home(), places));
        return new RestoreReceipt(outcome, places.id(), stored, places.transcript(), placed.bytesWritten(), notes);
    }

    /** The transcript names them by their former paths, and its bytes are kept. */
    private static Optional<String> outputsElsewhere(StoredSession stored, SessionFiles.Places places) {
        boolean hasOutputs = stored.manifest().entries().stream()
                .anyMatch(entry -> entry.name().text().startsWith("tool-results/"));
        boolean isSameFolder = stored.manifest()
                .facts()
                .lastFolder()
                .map(ProjectFolder::nameOf)
                .filter(places.project().getFileName().toString()::equals)
                .isPresent();
        return hasOutputs && !isSameFolder
                ? Optional.of(
                        "the conversation names its large tool outputs by their paths on the machine where they were"
                                + " made; here they are in " + places.folder().resolve("tool-results")
                                + ": tell Claude so, if it needs one again")
                : Optional.empty();
    }

    private static List<String> copiesElsewhere(ClaudeHome home, SessionFiles.Places places) {
        return new Discovery(home)
                .elsewhere(places.id(), places.project()).stream()
                        .map(other -> "an older copy of this session lies in " + other.transcript()
                                + "; started from that copy's folder, claude continues the copy")
                        .toList();
    }
}
