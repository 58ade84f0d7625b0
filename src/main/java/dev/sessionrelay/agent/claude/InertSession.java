package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.ReadAlong;
import dev.sessionrelay.session.Verification;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came from a store, made fit to be resumed. A conversation tells what was done; whatever would make Claude Code
 * do something by itself, or set it up, has no place in it.
 *
 * @param prepared what was left out and edited
 */
public record InertSession(Bundle bundle, Changes prepared) {
    /**
     * Reads the bundle once, whole. It is also refused where it is not what its manifest promises, then or whenever it
     * is read again.
     */
    public static InertSession of(Bundle bundle, String where, Travelling.Unknown unknown) throws IOException {
        RefusedNames.requireNone(bundle.manifest(), where);
        Map<EntryName, Payload> payloads = new TreeMap<>(bundle.payloads());
        Changes prepared = Changes.NOTHING;
        for (Entry entry : bundle.manifest().entries()) {
            Payload payload = bundle.payload(entry.name());
            if (!entry.name().isRecords()) {
                payloads.put(entry.name(), Verification.verify(payload, entry, where));
                continue;
            }
            try (ReadAlong<Travelling> records = new ReadAlong<>(in -> Travelling.read(in, unknown.in(entry.name())))) {
                Payload verified = Verification.verify(payload, entry, where, records);
                Travelling.Records arriving = records.result().of(verified);
                payloads.put(entry.name(), arriving.records());
                prepared = prepared.and(arriving.prepared());
            }
        }
        return new InertSession(new Bundle(bundle.manifest(), payloads), prepared);
    }
}
