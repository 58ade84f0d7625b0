package dev.sessionrelay.testing;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bundles for tests of stores, small unless told otherwise. */
public final class Bundles {
    private final SessionId id;
    private final Map<EntryName, Payload> payloads = new TreeMap<>();
    private Optional<String> key = Optional.of("pr-12");
    private Optional<Manifest> base = Optional.empty();
    private Optional<SessionId> continues = Optional.empty();
    private Instant savedAt = Instant.parse("2026-11-21T10:00:00Z");

    private Bundles(SessionId id) {
        this.id = id;
    }

    /** A session of one turn. */
    public static Bundles of(SessionId id) {
        return new Bundles(id).transcript(Conversation.of(id).turn("hello").bytes());
    }

    /** A session of so many turns; fewer turns are always a beginning of more. */
    public static Bundles of(SessionId id, int turns) {
        Conversation conversation = Conversation.of(id);
        for (int turn = 0; turn < turns; turn++) {
            conversation.turn("turn " + turn);
        }
        return new Bundles(id).transcript(conversation.bytes());
    }

    public Bundles transcript(byte[] bytes) {
        payloads.put(EntryName.TRANSCRIPT, BytesPayload.of(bytes));
        return this;
    }

    public Bundles with(String name, byte[] bytes) {
        payloads.put(new EntryName(name), BytesPayload.of(bytes));
        return this;
    }

    public Bundles under(String newKey) {
        key = Optional.of(newKey);
        return this;
    }

    public Bundles underNoKey() {
        key = Optional.empty();
        return this;
    }

    public Bundles continuing(SessionId other) {
        continues = Optional.of(other);
        return this;
    }

    public Bundles savedAt(String time) {
        savedAt = Instant.parse(time);
        return this;
    }

    /** Shares with what is stored all that it can. */
    public Bundles onto(StoredSession stored) {
        base = Optional.of(stored.manifest());
        return this;
    }

    public Bundle build() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<EntryName, Payload> payload : payloads.entrySet()) {
            Optional<Entry> before = base.flatMap(manifest -> manifest.entry(payload.getKey()));
            entries.add(
                    Segmenter.cut(payload.getKey(), payload.getValue(), before).entry());
        }
        Payload transcript = payloads.get(EntryName.TRANSCRIPT);
        Manifest manifest = new Manifest(
                id,
                key,
                continues,
                FactsReader.of(transcript),
                new Origin(savedAt, "local", "0.1.0", Map.of("actor", "dev")),
                new Changes(Map.of("api-request", 3L), 4711),
                entries);
        return new Bundle(manifest, payloads);
    }
}
