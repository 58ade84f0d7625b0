package dev.sessionrelay.cli;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.OnConflict;
import java.util.Locale;

/** The words for choices, as users write and read them. */
final class Choice {
    private Choice() {}

    static OnConflict onConflict(String given) {
        return switch (given) {
            case "merge" -> OnConflict.MERGE;
            case "fail" -> OnConflict.FAIL;
            case "keep-both" -> OnConflict.KEEP_BOTH;
            default ->
                throw Failure.badInput(
                        "--on-conflict \"" + Printable.of(given, 80) + "\" is not known",
                        "give merge, keep-both or fail");
        };
    }

    static String name(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
