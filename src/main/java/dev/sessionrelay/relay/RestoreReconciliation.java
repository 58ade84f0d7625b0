package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.Preparation;
import dev.sessionrelay.agent.claude.SessionFiles;
import dev.sessionrelay.agent.claude.SessionInstaller;
import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.transcript.merge.Chain;
import dev.sessionrelay.transcript.merge.Merge;
import dev.sessionrelay.transcript.merge.SideFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stored session comes back to a machine whose own version is no beginning of it. What is here stays, and only what
 * is new is put behind it. Where that would hide something from a resumed session, and the stored one has all that is
 * here, it takes its place.
 */
sealed interface RestoreReconciliation {

    record Reconciled(Restore.RestoreOutcome outcome, SessionInstaller.Placed placed)
            implements RestoreReconciliation {}

    /** Claude Code wrote meanwhile. */
    record Again() implements RestoreReconciliation {}

    record KeptApart(String why) implements RestoreReconciliation {}

    static RestoreReconciliation of(Bundle stored, SessionFiles.Places places, OnConflict onConflict)
            throws IOException {
        SessionInstaller.Snapshot seen = SessionInstaller.look(places);
        Preparation preparation = new Preparation(stored.manifest().origin(), Redaction.NONE);
        try (SessionFiles files = SessionFiles.gather(places)) {
            return of(stored, places, onConflict, seen, preparation, preparation.read(files));
        }
    }

    private static RestoreReconciliation of(
            Bundle stored,
            SessionFiles.Places places,
            OnConflict onConflict,
            SessionInstaller.Snapshot seen,
            Preparation preparation,
            Preparation.Draft draft)
            throws IOException {
        Merge merge = Merge.of(draft.transcript(), stored.transcript(), Chain.OF_SESSION, Merge.MergeRule.FIRST_STAYS);
        return switch (merge) {
            case Merge.Apart(String why) -> new KeptApart(why);
            case Merge.United all when all.bothAdd() && onConflict != OnConflict.MERGE -> new KeptApart("");
            case Merge.United all
            when !all.extendsFirst() ->
                SessionInstaller.replace(sides(preparation, draft, stored, places), places, seen)
                        .<RestoreReconciliation>map(placed -> new Reconciled(Restore.RestoreOutcome.REPLACED, placed))
                        .orElseGet(Again::new);
            case Merge.United all -> {
                Bundle sides = sides(preparation, draft, stored, places);
                Restore.RestoreOutcome outcome =
                        all.bothAdd() ? Restore.RestoreOutcome.MERGED : Restore.RestoreOutcome.APPENDED;
                yield put(sides, all.payload(), places, outcome);
            }
            case Merge.Same _ ->
                put(
                        sides(preparation, draft, stored, places),
                        draft.transcript(),
                        places,
                        Restore.RestoreOutcome.UNCHANGED);
            case Merge.NothingNew _ ->
                put(
                        sides(preparation, draft, stored, places),
                        draft.transcript(),
                        places,
                        Restore.RestoreOutcome.AHEAD);
        };
    }

    private static Bundle sides(
            Preparation preparation, Preparation.Draft draft, Bundle stored, SessionFiles.Places places)
            throws IOException {
        Bundle here = preparation.cut(draft, places.id(), Optional.empty()).bundle();
        return SideFiles.unite(here, stored, Merge.MergeRule.FIRST_STAYS, true);
    }

    private static RestoreReconciliation put(
            Bundle sides, Payload transcript, SessionFiles.Places places, Restore.RestoreOutcome outcome)
            throws IOException {
        SessionInstaller.Placed placed =
                SessionInstaller.place(with(sides, transcript), places, Travelling.Unknown.KEPT);
        return placed.outcome() == SessionInstaller.Installation.DIVERGED
                ? new Again()
                : new Reconciled(outcome, placed);
    }

    private static Bundle with(Bundle bundle, Payload transcript) throws IOException {
        Map<EntryName, Payload> payloads = new TreeMap<>(bundle.payloads());
        payloads.put(EntryName.TRANSCRIPT, transcript);
        Map<EntryName, Entry> entries = new TreeMap<>();
        bundle.manifest().entries().forEach(entry -> entries.put(entry.name(), entry));
        entries.put(
                EntryName.TRANSCRIPT,
                Segmenter.cut(EntryName.TRANSCRIPT, transcript, Optional.empty())
                        .entry());
        return new Bundle(
                bundle.manifest().withEntries(entries.values().stream().toList()), payloads);
    }
}
