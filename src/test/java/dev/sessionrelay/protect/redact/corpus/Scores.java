package dev.sessionrelay.protect.redact.corpus;

import java.util.Collection;

/** The outcomes, counted by family, make, place and kind. */
final class Scores {
    final Tally all = new Tally();
    final Tally families = new Tally();
    final Tally makes = new Tally();
    final Tally places = new Tally();
    final Tally kinds = new Tally();

    Scores(Collection<Trial.Outcome> outcomes) {
        for (Trial.Outcome outcome : outcomes) {
            Trial trial = outcome.trial();
            all.add("all", outcome.found());
            families.add(trial.kind().family(), outcome.found());
            makes.add(trial.make().name(), outcome.found());
            places.add(trial.place().name(), outcome.found());
            kinds.add(trial.kind().family() + ": " + trial.kind().name(), outcome.found());
        }
    }

    String text(int worst) {
        return "recall: %s%nby family:%n%sby make of value:%n%sby place:%n%sworst %d of %d kinds:%n%s"
                .formatted(
                        all,
                        families.table(false, 99),
                        makes.table(false, 99),
                        places.table(false, 99),
                        worst,
                        kinds.shares().size(),
                        kinds.table(true, worst));
    }
}
