package dev.sessionrelay.protect.redact.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what share of the corpus redaction finds. Options: {@code --family F}, {@code --kind PART}, {@code --place P},
 * {@code --make M}, {@code --seed N}, {@code --all} (each kind in each place in each make; else one make, by turns),
 * {@code --worst N} (kinds listed), {@code --misses} (each miss with what stayed), {@code --ordinary} (what of the
 * ordinary texts was changed).
 */
public final class CorpusScore {
    private final List<String> arguments;

    private CorpusScore(String[] arguments) {
        this.arguments = List.of(arguments);
    }

    public static void main(String[] arguments) {
        CorpusScore score = new CorpusScore(arguments);
        if (score.arguments.contains("--ordinary")) {
            Ordinary.changed(score.option("--kind", "")).forEach(System.out::println);
        } else {
            score.recall();
        }
    }

    private String option(String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }

    private void recall() {
        long seed = Long.parseLong(option("--seed", "1"));
        List<Trial.Outcome> outcomes =
                trials(seed).toList().parallelStream().map(Trial::run).toList();
        Scores scores = new Scores(outcomes);
        if (arguments.contains("--misses")) {
            outcomes.stream().filter(outcome -> !outcome.found()).forEach(CorpusScore::print);
        }
        System.out.println(scores.text(Integer.parseInt(option("--worst", "60"))));
    }

    private Stream<Trial> trials(long seed) {
        List<Trial> trials = new ArrayList<>();
        for (Kind kind : Kinds.all()) {
            if (!option("--family", kind.family()).equals(kind.family())
                    || !kind.name().contains(option("--kind", ""))) {
                continue;
            }
            for (Place place : chosen(Place.values(), option("--place", ""))) {
                List<Make> makes = chosen(Make.values(), option("--make", ""));
                Make turn = makes.get((trials.size() + trials.size() / 32) % makes.size());
                (arguments.contains("--all") ? makes : List.of(turn))
                        .forEach(make -> trials.add(new Trial(kind, place, make, seed)));
            }
        }
        return trials.stream();
    }

    private static <E extends Enum<E>> List<E> chosen(E[] all, String name) {
        return Arrays.stream(all)
                .filter(one -> name.isEmpty() || one.name().equals(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static void print(Trial.Outcome outcome) {
        Trial trial = outcome.trial();
        System.out.printf(
                "MISS %s/%s in %s as %s: %s stayed%n%s%n---%n",
                trial.kind().family(),
                trial.kind().name(),
                trial.place(),
                trial.make(),
                outcome.survivor().orElse(""),
                outcome.text());
    }
}
