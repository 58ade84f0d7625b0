package dev.sessionrelay.protect.redact.corpus;

import dev.sessionrelay.protect.redact.SecretReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts that keep nothing secret and have to stay as they are. */
final class Ordinary {
    private static final List<Place> PLACES = List.of(
            Place.PROMPT,
            Place.BASH_INPUT,
            Place.READ,
            Place.READ_ARROW,
            Place.PATCH,
            Place.DIFF,
            Place.TOOL_RESULTS,
            Place.JSON_IN_JSON);

    private Ordinary() {}

    static List<Kind> all() {
        return Kinds.of(Kinds.ORDINARY);
    }

    /** What was changed though it should not have been, a line each. */
    static List<String> changed(String part) {
        List<String> changed = new ArrayList<>();
        for (Kind kind : all()) {
            for (Place place : kind.name().contains(part) ? PLACES : List.<Place>of()) {
                String text = Filling.of(kind.text(), Make.RANDOM, 1).text();
                Map<String, String> session = place.session(text);
                try {
                    SecretReport report = new SecretReport();
                    if (!Stored.of(session, Map.of(), report).equals(session)) {
                        changed.add(kind.name() + " in " + place + ": " + report.perRule());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return changed;
    }
}
