package dev.sessionrelay.prepare;

import dev.sessionrelay.bundle.Alongside;
import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.bundle.Verification;
import dev.sessionrelay.claude.RefusedNames;
import dev.sessionrelay.claude.Travelling;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came from a store, made fit to be resumed. A conversation tells what was done; whatever would make Claude Code do
 * something by itself, or set it up, has no place in it.
 *
 * @param prepared what was left out and edited
 */
public record Harmless(Bundle bundle, Prepared prepared) {
    /**
     * Reads the bundle once, whole. It is also refused where it is not what its manifest promises, then or whenever it is
     * read again.
     */
    public static Harmless of(Bundle bundle, String where, Travelling.Unknown unknown) throws IOException {
        RefusedNames.requireNone(bundle.manifest(), where);
        Map<EntryName, Payload> payloads = new TreeMap<>(bundle.payloads());
        Prepared prepared = Prepared.NOTHING;
        for (Entry entry : bundle.manifest().entries()) {
            Payload payload = bundle.payload(entry.name());
            if (!entry.name().isRecords()) {
                payloads.put(entry.name(), Verification.verify(payload, entry, where));
                continue;
            }
            try (Alongside<Travelling> records = new Alongside<>(in -> Travelling.read(in, unknown.in(entry.name())))) {
                Payload verified = Verification.verify(payload, entry, where, records);
                Travelling.Records arriving = records.result().of(verified);
                payloads.put(entry.name(), arriving.records());
                prepared = prepared.and(arriving.prepared());
            }
        }
        return new Harmless(new Bundle(bundle.manifest(), payloads), prepared);
    }
}
