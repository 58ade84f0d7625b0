package dev.sessionrelay.session;

import java.time.Instant;
import java.util.Map;

/**
 * Who saved a bundle, when and from where. The details are of the kind {@code actor}, {@code repository}, {@code run},
 * {@code commit}; a laptop has none.
 */
public record Origin(Instant savedAt, String source, String relayVersion, Map<String, String> details) {
    public Origin {
        details = Map.copyOf(details);
    }
}
