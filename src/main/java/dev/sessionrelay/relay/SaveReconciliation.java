package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.Preparation;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.transcript.Comparison;
import dev.sessionrelay.transcript.merge.Chain;
import dev.sessionrelay.transcript.merge.Merge;
import java.io.IOException;
import java.util.Optional;

/** What becomes of this machine's session and a stored one that is no beginning of it. */
sealed interface SaveReconciliation {

    /** The store has all records already, and perhaps more. */
    record NothingToSave(boolean same) implements SaveReconciliation {}

    /** @param merged whether each side had something that the other lacked */
    record Together(Preparation.Draft draft, boolean merged) implements SaveReconciliation {}

    /** @param draft what there is to save beside the stored session */
    record Diverged(Preparation.Draft draft, Comparison comparison, String why) implements SaveReconciliation {}

    static SaveReconciliation of(
            Preparation.Draft given, Bundle stored, Preparation preparation, Save.SaveRequest request)
            throws IOException {
        Preparation.Upon upon = preparation.upon(given, stored);
        Preparation.Draft draft = upon.draft();
        Payload theirs = upon.stored();
        Comparison comparison = Comparison.of(theirs, draft.transcript());
        Merge merge = Merge.of(theirs, draft.transcript(), comparison, Chain.OF_SESSION, Merge.MergeRule.BY_TIME);
        boolean changes =
                !stored.manifest().key().equals(Optional.of(request.key().text())) || upon.changesStored();
        return switch (merge) {
            case Merge.Same _ when changes -> new Together(draft.joined(theirs, 0), false);
            case Merge.Same _ -> new NothingToSave(true);
            case Merge.NothingNew _ -> new NothingToSave(false);
            case Merge.United united
            when united.bothAdd() && request.onConflict() != OnConflict.MERGE -> new Diverged(draft, comparison, "");
            case Merge.United united ->
                new Together(draft.joined(united.payload(), united.reparented()), united.bothAdd());
            case Merge.Apart apart -> new Diverged(draft, comparison, apart.why());
        };
    }
}
