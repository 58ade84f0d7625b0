package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry's bytes, which are brought from afar, with all others of their session, when the first of them is opened.
 *
 * @param where what they are in, for people
 */
public record LazyPayload(Entry entry, String where, BroughtFiles files) implements Payload {

    /** Brings the files of a session, or has brought them before. */
    @FunctionalInterface
    public interface BroughtFiles {
        Map<EntryName, Payload> bring() throws IOException;
    }

    public static Bundle bundle(Manifest manifest, String where, BroughtFiles files) {
        Map<EntryName, Payload> payloads = new TreeMap<>();
        for (Entry entry : manifest.entries()) {
            payloads.put(entry.name(), new LazyPayload(entry, where, files));
        }
        return new Bundle(manifest, payloads);
    }

    @Override
    public long size() {
        return entry.size();
    }

    @Override
    public InputStream open(long from) throws IOException {
        Payload payload = files.bring().get(entry.name());
        if (payload == null || payload.size() != entry.size()) {
            throw Failure.damaged(
                    where + " is damaged: " + entry.name()
                            + (payload == null
                                    ? " is missing"
                                    : " has " + payload.size() + " bytes instead of " + entry.size()),
                    "nothing was changed here; save the session again from a machine that still has it");
        }
        return payload.open(from);
    }
}
