package dev.sessionrelay.testing;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Cutter;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Origin;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.FactsReader;
import dev.sessionrelay.store.StoredSession;
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
            entries.add(Cutter.cut(payload.getKey(), payload.getValue(), before).entry());
        }
        Payload transcript = payloads.get(EntryName.TRANSCRIPT);
        Manifest manifest = new Manifest(
                id,
                key,
                continues,
                FactsReader.of(transcript),
                new Origin(savedAt, "local", "0.1.0", Map.of("actor", "dev")),
                new Prepared(Map.of("api-request", 3L), 4711),
                entries);
        return new Bundle(manifest, payloads);
    }
}
