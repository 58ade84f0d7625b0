package dev.sessionrelay.protect.redact.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Nobody can keep a save from ending by what a session says again and again. The usual run takes some of the units, and
 * {@code -Drelay.corpus=worst} all of them.
 */
class WorstInputTest {
    private static final int LENGTH = 1 << 18;
    /** What a search may cost however short the text is. */
    private static final long NANOS = 2_000_000_000L;

    private static final int SOME = 12;
    private static final long NANOS_PER_MB = 5_000_000_000L;

    @Test
    void endsInTime() throws IOException {
        List<String> late = new ArrayList<>();
        for (String unit : units()) {
            for (Place place : List.of(Place.PROMPT, Place.TOOL_RESULTS)) {
                long nanos = WorstInputs.nanos(unit, LENGTH, place);
                if (nanos > NANOS + NANOS_PER_MB * LENGTH / 1_000_000) {
                    late.add("%s in %s: %d ms".formatted(Records.quoted(unit), place, nanos / 1_000_000));
                }
            }
        }
        assertThat(late).isEmpty();
    }

    private static List<String> units() {
        List<String> units = new ArrayList<>(WorstInputs.units());
        if ("worst".equals(System.getProperty("relay.corpus"))) {
            return units;
        }
        long seed = Long.getLong("relay.seed", new Random().nextLong(1_000_000));
        System.out.printf("-Drelay.seed=%d%n", seed);
        Collections.shuffle(units, new Random(seed));
        return units.subList(0, SOME);
    }
}
