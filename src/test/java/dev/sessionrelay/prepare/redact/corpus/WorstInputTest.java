package dev.sessionrelay.prepare.redact.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Nobody can keep a save from ending by what a session says again and again. */
class WorstInputTest {
    private static final int LENGTH = 1 << 17;
    private static final long NANOS_PER_MB = 5_000_000_000L;

    @Test
    @EnabledIfSystemProperty(named = "relay.corpus", matches = "worst|all")
    void endsInTime() throws IOException {
        List<String> late = new ArrayList<>();
        for (String unit : WorstInputs.units()) {
            for (Place place : List.of(Place.PROMPT, Place.TOOL_RESULTS)) {
                long nanos = WorstInputs.nanos(unit, LENGTH, place);
                if (nanos > NANOS_PER_MB * LENGTH / 1_000_000) {
                    late.add("%s in %s: %d ms".formatted(Records.quoted(unit), place, nanos / 1_000_000));
                }
            }
        }
        assertThat(late).isEmpty();
    }
}
