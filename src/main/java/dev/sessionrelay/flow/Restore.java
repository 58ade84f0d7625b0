package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.bundle.Verification;
import dev.sessionrelay.claude.ClaudeHome;
import dev.sessionrelay.claude.Discovery;
import dev.sessionrelay.claude.Placing;
import dev.sessionrelay.claude.ProjectFolder;
import dev.sessionrelay.claude.SessionFiles;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts a stored session where {@code claude --resume} finds it on this machine. */
public final class Restore {

    public record Request(ClaudeHome home, Path workingFolder, Query query, OnConflict onConflict) {}

    public enum Outcome {
        PLACED,
        APPENDED,
        UNCHANGED,
        AHEAD,
        KEPT_BOTH
    }

    /** @param id the session to resume: another than the stored one when both were kept */
    public record Receipt(
            Outcome outcome,
            SessionId id,
            StoredSession stored,
            Path transcript,
            long bytesWritten,
            List<String> notes) {}

    private Restore() {}

    public static Receipt run(Request request, SessionStore store) {
        StoredSession stored;
        Bundle bundle;
        try {
            stored = store.find(request.query())
                    .orElseThrow(() -> Failure.nothingFound(
                            store.name() + " holds nothing for "
                                    + request.query().inWords(),
                            "`session-relay list` shows what it holds"));
            bundle = store.load(stored);
            Verification.verify(bundle, stored.ref().toString());
        } catch (IOException e) {
            throw Failure.ofDisk("read the stored session", store.name(), e);
        }
        try {
            return place(request, stored, bundle);
        } catch (IOException e) {
            throw Failure.ofDisk(
                    "restore session " + stored.manifest().sessionId(),
                    request.home().root(),
                    e);
        }
    }

    private static Receipt place(Request request, StoredSession stored, Bundle bundle) throws IOException {
        Path project = request.home().projectOf(ProjectFolder.realPath(request.workingFolder()));
        SessionId id = stored.manifest().sessionId();
        while (true) {
            SessionFiles.Places places = new SessionFiles.Places(request.home(), project, id);
            Placing.Placed placed = Placing.place(bundle, places);
            if (placed.outcome() != Placing.Outcome.DIVERGED) {
                boolean ownId = id.equals(stored.manifest().sessionId());
                List<String> notes = new ArrayList<>(placed.notes());
                notes.addAll(copiesElsewhere(request.home(), places));
                return new Receipt(
                        ownId ? outcome(placed.outcome()) : Outcome.KEPT_BOTH,
                        id,
                        stored,
                        places.transcript(),
                        placed.bytesWritten(),
                        notes);
            }
            if (request.onConflict() == OnConflict.FAIL) {
                throw Failure.conflict(
                        "session " + id + " went on in two ways: in " + places.transcript() + " and in " + stored.ref(),
                        "restore the stored one beside it, under a new id, with --on-conflict keep-both; or keep yours as"
                                + " it is, and delete or save over the stored one. Nothing was changed");
            }
            Comparison comparison = placed.comparison().orElseThrow();
            id = id.forContinuation(comparison.firstOwnLine(bundle.transcript()));
        }
    }

    private static Outcome outcome(Placing.Outcome placed) {
        return switch (placed) {
            case PLACED -> Outcome.PLACED;
            case APPENDED -> Outcome.APPENDED;
            case UNCHANGED -> Outcome.UNCHANGED;
            case AHEAD -> Outcome.AHEAD;
            case DIVERGED -> throw new IllegalStateException("a divergence is no end");
        };
    }

    private static List<String> copiesElsewhere(ClaudeHome home, SessionFiles.Places places) {
        return new Discovery(home)
                .elsewhere(places.id(), places.project()).stream()
                        .map(other -> "an older copy of this session lies in " + other.transcript()
                                + "; started from that copy's folder, claude continues the copy")
                        .toList();
    }
}
