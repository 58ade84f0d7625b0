package dev.sessionrelay.protect.redact.corpus;

import dev.sessionrelay.protect.redact.SecretReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** One secret in one place, redacted and looked for. */
record Trial(Kind kind, Place place, Make make, long seed) {
    /**
     * @param text what was planted
     * @param survivor a piece of the secret that is still there
     */
    record Outcome(Trial trial, String text, Optional<String> survivor, Map<String, String> stored) {
        boolean found() {
            return survivor.isEmpty();
        }
    }

    Outcome run() {
        Filling.Filled filled = Filling.of(kind.text(), make, seed ^ kind.name().hashCode());
        Map<String, String> environment = kind.variable().isEmpty()
                ? Map.of()
                : Map.of(kind.variable(), filled.secrets().getFirst());
        try {
            Map<String, String> stored = Stored.of(place.session(filled.text()), environment, new SecretReport());
            return new Outcome(this, filled.text(), Survivors.of(filled.secrets(), stored.values()), stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
