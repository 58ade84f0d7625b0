package dev.sessionrelay.cli;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.OnConflict;
import dev.sessionrelay.text.SafeText;
import java.util.Locale;

/** The words for choices, as users write and read them. */
final class ChoiceWords {
    private ChoiceWords() {}

    static OnConflict onConflict(String given) {
        return switch (given) {
            case "merge" -> OnConflict.MERGE;
            case "fail" -> OnConflict.FAIL;
            case "keep-both" -> OnConflict.KEEP_BOTH;
            default ->
                throw Failure.badInput(
                        "--on-conflict \"" + SafeText.of(given, 80) + "\" is not known",
                        "give merge, keep-both or fail");
        };
    }

    static String name(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
