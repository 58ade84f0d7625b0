package dev.sessionrelay.protect.redact.corpus;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.protect.redact.OwnRules;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.session.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a session goes into a store. The only place of the corpus that knows how redaction is called. */
final class Stored {
    private static final Redaction PLAIN = redaction(Map.of());

    private Stored() {}

    private static Redaction redaction(Map<String, String> environment) {
        return new Redaction(Redaction.Mode.ON, OwnRules.NONE, environment, List.of());
    }

    /** @param session from an entry's name to its text */
    static Map<String, String> of(Map<String, String> session, Map<String, String> environment, SecretReport report)
            throws IOException {
        Redaction redaction = environment.isEmpty() ? PLAIN : redaction(environment);
        Map<String, String> stored = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : session.entrySet()) {
            Payload payload = redaction.of(new EntryName(entry.getKey()), payload(entry.getValue()), report);
            try (InputStream in = payload.open()) {
                stored.put(entry.getKey(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return stored;
    }

    private static Payload payload(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Payload() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long from) {
                return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
            }
        };
    }
}
