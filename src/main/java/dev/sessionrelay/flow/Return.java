package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Cutter;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.claude.Placing;
import dev.sessionrelay.claude.SessionFiles;
import dev.sessionrelay.claude.Travelling;
import dev.sessionrelay.merge.Chain;
import dev.sessionrelay.merge.Merge;
import dev.sessionrelay.merge.Sides;
import dev.sessionrelay.prepare.Preparation;
import dev.sessionrelay.prepare.redact.Redaction;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stored session comes back to a machine whose own version is no beginning of it. What is here stays, and only what is
 * new is put behind it. Where that would hide something from a resumed session, and the stored one has all that is here,
 * it takes its place.
 */
sealed interface Return {

    record Done(Restore.Outcome outcome, Placing.Placed placed) implements Return {}

    /** Claude Code wrote meanwhile. */
    record Again() implements Return {}

    record Apart(String why) implements Return {}

    static Return of(Bundle stored, SessionFiles.Places places, OnConflict onConflict) throws IOException {
        Placing.Snapshot seen = Placing.look(places);
        Preparation preparation = new Preparation(stored.manifest().origin(), Redaction.NONE);
        try (SessionFiles files = SessionFiles.gather(places)) {
            return of(stored, places, onConflict, seen, preparation, preparation.read(files));
        }
    }

    private static Return of(
            Bundle stored,
            SessionFiles.Places places,
            OnConflict onConflict,
            Placing.Snapshot seen,
            Preparation preparation,
            Preparation.Draft draft)
            throws IOException {
        Merge merge = Merge.of(draft.transcript(), stored.transcript(), Chain.OF_SESSION, Merge.Rule.FIRST_STAYS);
        return switch (merge) {
            case Merge.Apart(String why) -> new Apart(why);
            case Merge.United all when all.bothAdd() && onConflict != OnConflict.MERGE -> new Apart("");
            case Merge.United all
            when !all.extendsFirst() ->
                Placing.replace(sides(preparation, draft, stored, places), places, seen)
                        .<Return>map(placed -> new Done(Restore.Outcome.REPLACED, placed))
                        .orElseGet(Again::new);
            case Merge.United all -> {
                Bundle sides = sides(preparation, draft, stored, places);
                Restore.Outcome outcome = all.bothAdd() ? Restore.Outcome.MERGED : Restore.Outcome.APPENDED;
                yield put(sides, all.payload(), places, outcome);
            }
            case Merge.Same _ ->
                put(sides(preparation, draft, stored, places), draft.transcript(), places, Restore.Outcome.UNCHANGED);
            case Merge.NothingNew _ ->
                put(sides(preparation, draft, stored, places), draft.transcript(), places, Restore.Outcome.AHEAD);
        };
    }

    private static Bundle sides(
            Preparation preparation, Preparation.Draft draft, Bundle stored, SessionFiles.Places places)
            throws IOException {
        Bundle here = preparation.cut(draft, places.id(), Optional.empty()).bundle();
        return Sides.unite(here, stored, Merge.Rule.FIRST_STAYS, true);
    }

    private static Return put(Bundle sides, Payload transcript, SessionFiles.Places places, Restore.Outcome outcome)
            throws IOException {
        Placing.Placed placed = Placing.place(with(sides, transcript), places, Travelling.Unknown.KEPT);
        return placed.outcome() == Placing.Outcome.DIVERGED ? new Again() : new Done(outcome, placed);
    }

    private static Bundle with(Bundle bundle, Payload transcript) throws IOException {
        Map<EntryName, Payload> payloads = new TreeMap<>(bundle.payloads());
        payloads.put(EntryName.TRANSCRIPT, transcript);
        Map<EntryName, Entry> entries = new TreeMap<>();
        bundle.manifest().entries().forEach(entry -> entries.put(entry.name(), entry));
        entries.put(
                EntryName.TRANSCRIPT,
                Cutter.cut(EntryName.TRANSCRIPT, transcript, Optional.empty()).entry());
        return new Bundle(
                bundle.manifest().withEntries(entries.values().stream().toList()), payloads);
    }
}
