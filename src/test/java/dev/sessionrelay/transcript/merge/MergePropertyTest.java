package dev.sessionrelay.transcript.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for whatever two or three machines have written. */
class MergePropertyTest {
    private static final int SEEDS = 100;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hasAllOfBothAndChangesOneLine(int seed) throws IOException {
        Parting parting = new Parting(seed);
        Merge.United united = united(parting.one, parting.other);
        List<String> merged = Story.text(united.payload()).lines().toList();

        assertThat(united.reparented()).isEqualTo(1);
        assertThat(united.bothAdd()).isTrue();
        assertThat(changed(merged, parting.one, parting.other)).hasSize(1);
        assertThat(keys(merged)).containsAll(keys(parting.one.lines())).containsAll(keys(parting.other.lines()));
        assertThat(merged)
                .hasSize(parting.one.lines().size()
                        + parting.other.lines().size()
                        - parting.common.lines().size());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isSeenWholeByEveryVersion(int seed) throws IOException {
        Parting parting = new Parting(seed);
        Resumed resumed = new Resumed(united(parting.one, parting.other).payload());

        assertThat(resumed.promptsOfNewer()).containsAll(parting.prompts());
        assertThat(resumed.promptsOfOlder()).containsAll(parting.prompts());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergingTwiceChangesNothing(int seed) throws IOException {
        Parting parting = new Parting(seed);
        Payload merged = united(parting.one, parting.other).payload();

        for (Story own : List.of(parting.one, parting.other, parting.common)) {
            assertThat(merge(merged, own.payload())).isInstanceOf(Merge.NothingNew.class);
            assertThat(merge(own.payload(), merged)).isInstanceOfSatisfying(Merge.United.class, back -> {
                assertThat(back.bothAdd()).isFalse();
                assertThat(relation(back.payload(), merged)).isInstanceOf(Merge.Same.class);
            });
        }
        assertThat(merge(merged, merged)).isInstanceOf(Merge.Same.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void orderOfArrivalDoesNotMatter(int seed) throws IOException {
        Parting parting = new Parting(seed);

        assertThat(Story.text(united(parting.one, parting.other).payload()))
                .isEqualTo(Story.text(united(parting.other, parting.one).payload()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void threeWritersInAnyOrderHaveTheSame(int seed) throws IOException {
        Parting parting = new Parting(seed);
        List<Story> writers = List.of(parting.one, parting.other, parting.third);
        List<Payload> results = new ArrayList<>();
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            Payload two = united(writers.get(order[0]), writers.get(order[1])).payload();
            Merge all = merge(two, writers.get(order[2]).payload());
            results.add(((Merge.United) all).payload());
        }
        Set<String> prompts = new HashSet<>(parting.prompts());
        prompts.addAll(parting.third.prompts());
        for (Payload result : results) {
            assertThat(relation(result, results.getFirst())).isInstanceOf(Merge.Same.class);
            assertThat(new Resumed(result).promptsOfNewer()).containsAll(prompts);
            assertThat(new Resumed(result).promptsOfOlder()).containsAll(prompts);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMachineThatStillHasItsOwnVersionAddsOnlyWhatIsNew(int seed) throws IOException {
        Parting parting = new Parting(seed);
        Payload stored = united(parting.one, parting.other).payload();
        for (Story own : List.of(parting.one, parting.other)) {
            Merge.United here =
                    (Merge.United) Merge.of(own.payload(), stored, Chain.OF_SESSION, Merge.MergeRule.FIRST_STAYS);
            assertThat(relation(stored, here.payload())).isInstanceOf(Merge.Same.class);
            assertThat(here.bothAdd()).isFalse();
            if (here.extendsFirst()) {
                assertThat(Story.text(here.payload())).startsWith(Story.text(own.payload()));
            } else {
                assertThat(Story.text(here.payload())).isEqualTo(Story.text(stored));
            }
            assertThat(new Resumed(here.payload()).promptsOfNewer()).containsAll(parting.prompts());
            if (!parting.named) {
                assertThat(new Resumed(here.payload()).promptsOfOlder()).containsAll(parting.prompts());
            }

            // It goes on with that, and so does the store with another's work.
            Story further = Story.of(parting.random, parting.named, here.payload(), parting.prompts())
                    .turns(1);
            Merge.United saved = (Merge.United) merge(stored, further.payload());
            assertThat(saved.bothAdd()).isFalse();
            assertThat(Story.text(saved.payload())).startsWith(Story.text(stored));
            assertThat(new Resumed(saved.payload()).promptsOfNewer()).containsAll(further.prompts());
            Payload three = ((Merge.United) merge(stored, parting.third.payload())).payload();
            Payload four = ((Merge.United) merge(three, further.payload())).payload();
            assertThat(new Resumed(four).promptsOfNewer())
                    .containsAll(further.prompts())
                    .containsAll(parting.third.prompts());
            assertThat(merge(four, saved.payload())).isInstanceOf(Merge.NothingNew.class);
        }
    }

    /** Saving and restoring at random, as whole teams would; what is refused stays as it is. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aTeamLosesNothing(int seed) throws IOException {
        Random random = MergePropertyTest.random(seed);
        boolean named = random.nextInt(4) > 0;
        Story begun = Story.begin(random, named).turn();
        Payload store = begun.payload();
        Payload[] machines = new Payload[4];
        Arrays.fill(machines, store);
        Set<String> prompts = new HashSet<>(begun.prompts());
        for (int step = 0; step < 40; step++) {
            int machine = random.nextInt(machines.length);
            Payload here = machines[machine];
            switch (random.nextInt(3)) {
                case 0 -> {
                    Story story = Story.of(random, named, here, List.of())
                            .copy(random.nextInt(3_600_000))
                            .turn();
                    prompts.addAll(story.prompts());
                    machines[machine] = story.payload();
                }
                case 1 -> store = whole(merge(store, here), store);
                default ->
                    machines[machine] =
                            whole(Merge.of(here, store, Chain.OF_SESSION, Merge.MergeRule.FIRST_STAYS), here);
            }
        }
        for (Payload here : machines) {
            Merge last = merge(store, here);
            assertThat(last).isNotInstanceOf(Merge.Apart.class);
            store = whole(last, store);
        }
        assertThat(new Resumed(store).promptsOfNewer()).containsAll(prompts);
        if (!named) {
            assertThat(new Resumed(store).promptsOfOlder()).containsAll(prompts);
        }
        for (Payload here : machines) {
            assertThat(merge(store, here)).isInstanceOfAny(Merge.NothingNew.class, Merge.Same.class);
        }
    }

    private static Payload whole(Merge merge, Payload otherwise) {
        return switch (merge) {
            case Merge.United united -> united.payload();
            case Merge.Same _, Merge.NothingNew _, Merge.Apart _ -> otherwise;
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverHidesAnything(int seed) throws IOException {
        Parting parting = new Parting(seed);
        Story one =
                parting.random.nextInt(3) == 0 ? parting.one.compact().turns(parting.random.nextInt(2)) : parting.one;
        Story other = parting.random.nextInt(3) == 0
                ? parting.other.rewindTo(parting.common.end()).turn()
                : parting.random.nextInt(2) == 0 ? parting.other.compact().turn() : parting.other;
        for (Merge.MergeRule rule : Merge.MergeRule.values()) {
            Merge merge = Merge.of(one.payload(), other.payload(), Chain.OF_SESSION, rule);
            if (merge instanceof Merge.United united) {
                Resumed whole = new Resumed(united.payload());
                Set<String> seen = new HashSet<>(new Resumed(one.payload()).promptsOfNewer());
                seen.addAll(new Resumed(other.payload()).promptsOfNewer());
                assertThat(whole.promptsOfNewer()).containsAll(seen);
                if (!parting.named) {
                    assertThat(whole.promptsOfOlder()).containsAll(seen);
                }
                assertThat(keys(Story.text(united.payload()).lines().toList()))
                        .containsAll(keys(one.lines()))
                        .containsAll(keys(other.lines()));
            } else {
                assertThat(merge).isInstanceOf(Merge.Apart.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void canBeReadFromAnywhere(int seed) throws IOException {
        Parting parting = new Parting(seed);
        Payload merged = united(parting.one, parting.other).payload();
        byte[] whole = Story.text(merged).getBytes(StandardCharsets.UTF_8);
        assertThat(merged.size()).isEqualTo(whole.length);
        for (int i = 0; i < 20; i++) {
            int from = parting.random.nextInt(whole.length + 1);
            try (InputStream in = merged.open(from)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
            }
        }
    }

    /** Java's own seeds begin much alike when they lie close together. */
    private static Random random(int seed) {
        return new Random(new Random(seed).nextLong());
    }

    /** One session that went on on three machines, at any times. */
    private static final class Parting {
        final Random random;
        final boolean named;
        final Story common;
        final Story one;
        final Story other;
        final Story third;

        Parting(int seed) {
            random = MergePropertyTest.random(seed);
            named = random.nextBoolean();
            common = Story.begin(random, named).turns(1 + random.nextInt(3));
            one = common.copy(random.nextInt(600_000)).turns(1 + random.nextInt(3));
            other = common.copy(random.nextInt(600_000)).turns(1 + random.nextInt(3));
            third = common.copy(random.nextInt(600_000)).turns(1 + random.nextInt(2));
        }

        List<String> prompts() {
            return Stream.concat(one.prompts().stream(), other.prompts().stream())
                    .distinct()
                    .toList();
        }
    }

    private static Merge merge(Payload first, Payload second) throws IOException {
        return Merge.of(first, second, Chain.OF_SESSION, Merge.MergeRule.BY_TIME);
    }

    private static Merge relation(Payload first, Payload second) {
        try {
            return merge(first, second);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Merge.United united(Story one, Story other) throws IOException {
        return (Merge.United) merge(one.payload(), other.payload());
    }

    private static List<String> changed(List<String> merged, Story one, Story other) {
        List<String> changed = new ArrayList<>(merged);
        changed.removeAll(one.lines());
        changed.removeAll(other.lines());
        return changed;
    }

    /** Every line but for its parent. */
    private static Set<String> keys(List<String> lines) {
        Set<String> keys = new HashSet<>();
        lines.forEach(line -> keys.add(line.replaceFirst("^\\{\"parentUuid\":(null|\"[^\"]*\")", "")));
        return keys;
    }
}
