package dev.sessionrelay.protect.redact.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What share of the corpus is found. The usual run takes a sample that shows how much is found of each family; every
 * kind in every place and make of value is {@code -Drelay.corpus=all}.
 */
class CorpusRecallTest {
    private static final List<Make> MAKES = List.of(Make.values());
    private static final double ALL = 0.92;
    private static final double FAMILY = 0.60;
    private static final int PER_KIND = 1;

    @Test
    void findsNearlyAll() {
        long seed = Long.getLong("relay.seed", new Random().nextLong(1_000_000));
        List<Trial> trials = "all".equals(System.getProperty("relay.corpus")) ? all(seed) : sample(seed);
        assertFound(trials, seed);
    }

    private static List<Trial> sample(long seed) {
        Random random = new Random(seed);
        List<Trial> trials = new ArrayList<>();
        for (Kind kind : Kinds.all()) {
            List<Place> places = new ArrayList<>(Arrays.asList(Place.values()));
            Collections.shuffle(places, random);
            for (Place place : places.subList(0, PER_KIND)) {
                trials.add(new Trial(kind, place, MAKES.get(random.nextInt(MAKES.size())), seed));
            }
        }
        return trials;
    }

    private static List<Trial> all(long seed) {
        List<Trial> trials = new ArrayList<>();
        for (Kind kind : Kinds.all()) {
            for (Place place : Place.values()) {
                MAKES.forEach(make -> trials.add(new Trial(kind, place, make, seed)));
            }
        }
        return trials;
    }

    private static void assertFound(List<Trial> trials, long seed) {
        Scores scores = new Scores(trials.parallelStream().map(Trial::run).toList());
        System.out.printf("-Drelay.seed=%d %s%n", seed, scores.text(20));
        assertThat(scores.all.share()).as("seed %d: all", seed).isGreaterThan(ALL);
        assertThat(scores.families.shares())
                .allSatisfy((family, share) ->
                        assertThat(share).as("seed %d: %s", seed, family).isGreaterThan(FAMILY));
    }

    @Test
    void hasThreeHundredKindsOfTheirOwn() {
        List<Kind> kinds = Kinds.all();
        assertThat(kinds).hasSizeGreaterThan(300).doesNotHaveDuplicates();
        assertThat(kinds.stream().map(kind -> kind.family() + kind.name())).doesNotHaveDuplicates();
        assertThat(kinds.stream().map(Kind::family).distinct()).hasSameSizeAs(Kinds.FAMILIES);
    }

    /** Each secret is seen where nothing was redacted, so that one that is not seen was taken out. */
    @Test
    void seesEachSecretThatStays() {
        List<Place> places = List.of(Place.values());
        List<Kind> kinds = Kinds.all();
        assertThat(IntStream.range(0, kinds.size()).parallel().filter(i -> {
                    Make make = MAKES.get(i % MAKES.size());
                    Filling.Filled filled = Filling.of(kinds.get(i).text(), make, i);
                    Map<String, String> session = places.get(i % places.size()).session(filled.text());
                    return Survivors.of(filled.secrets(), session.values()).isEmpty();
                }))
                .as("those that would count as found though nothing was done")
                .extracting(i -> kinds.get(i) + " in " + places.get(i % places.size()))
                .isEmpty();
    }
}
