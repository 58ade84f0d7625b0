package dev.sessionrelay.session;

import dev.sessionrelay.io.Payload;
import java.util.Map;
import java.util.Objects;

/** A session ready to travel. */
public record Bundle(Manifest manifest, Map<EntryName, Payload> payloads) {
    public Bundle {
        payloads = Map.copyOf(payloads);
        for (Entry entry : manifest.entries()) {
            if (!payloads.containsKey(entry.name())) {
                throw new IllegalArgumentException("no payload for " + entry.name());
            }
        }
    }

    public Payload payload(EntryName name) {
        return Objects.requireNonNull(payloads.get(name));
    }

    public Payload transcript() {
        return payload(EntryName.TRANSCRIPT);
    }

    public Bundle with(Manifest changed) {
        return new Bundle(changed, payloads);
    }
}
