package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.merge.Chain;
import dev.sessionrelay.merge.Merge;
import dev.sessionrelay.prepare.Preparation;
import java.io.IOException;
import java.util.Optional;

/** What becomes of this machine's session and a stored one that is no beginning of it. */
sealed interface Meeting {

    /** The store has all records already, and perhaps more. */
    record NothingToSave(boolean same) implements Meeting {}

    /** @param merged whether each side had something that the other lacked */
    record Together(Preparation.Draft draft, boolean merged) implements Meeting {}

    record Apart(Comparison comparison, String why) implements Meeting {}

    static Meeting of(Preparation.Draft draft, Bundle stored, Save.Request request) throws IOException {
        Comparison comparison = Comparison.of(stored.transcript(), draft.transcript());
        Merge merge = Merge.of(
                stored.transcript(),
                draft.transcript(),
                comparison.commonLines(),
                Chain.OF_SESSION,
                Merge.Rule.BY_TIME);
        return switch (merge) {
            case Merge.Same _
            when !stored.manifest().key().equals(Optional.of(request.key().text())) ->
                new Together(draft.joined(stored.transcript(), 0), false);
            case Merge.Same _ -> new NothingToSave(true);
            case Merge.NothingNew _ -> new NothingToSave(false);
            case Merge.United united
            when united.bothAdd() && request.onConflict() != OnConflict.MERGE -> new Apart(comparison, "");
            case Merge.United united ->
                new Together(draft.joined(united.payload(), united.reparented()), united.bothAdd());
            case Merge.Apart apart -> new Apart(comparison, apart.why());
        };
    }
}
