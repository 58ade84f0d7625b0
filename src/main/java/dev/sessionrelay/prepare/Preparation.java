package dev.sessionrelay.prepare;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Cutter;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Facts;
import dev.sessionrelay.bundle.FilePayload;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Origin;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.FactsReader;
import dev.sessionrelay.claude.SessionFiles;
import dev.sessionrelay.claude.TrimmedRecords;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a bundle of a session's files. Nothing is copied: the bundle reads the files when it is stored. */
public final class Preparation {
    private final Origin origin;

    public Preparation(Origin origin) {
        this.origin = origin;
    }

    /** A session's files as they will travel, before they are cut for a certain store. */
    public record Draft(SessionFiles files, Facts facts, Map<EntryName, Payload> payloads, Prepared prepared) {

        public Payload transcript() {
            return Objects.requireNonNull(payloads.get(EntryName.TRANSCRIPT));
        }

        /** The draft with a transcript that another machine's records have been joined to. */
        public Draft joined(Payload transcript, int reparented) throws IOException {
            Map<EntryName, Payload> changed = new TreeMap<>(payloads);
            changed.put(EntryName.TRANSCRIPT, transcript);
            return new Draft(files, FactsReader.of(transcript), changed, prepared.andReparented(reparented));
        }
    }

    public Draft draft(SessionFiles files) throws IOException {
        Draft draft = read(files);
        requireConversation(files.transcript(), draft);
        return draft;
    }

    /** The same for files that need not hold a conversation yet. */
    public Draft read(SessionFiles files) throws IOException {
        TrimmedRecords transcript = TrimmedRecords.of(files.transcript());
        Map<EntryName, Payload> payloads = new TreeMap<>();
        payloads.put(EntryName.TRANSCRIPT, transcript);
        Prepared prepared = transcript.leftOut();
        for (Map.Entry<EntryName, Path> side : files.sides().entrySet()) {
            if (side.getKey().isRecords()) {
                TrimmedRecords records = TrimmedRecords.of(side.getValue());
                prepared = prepared.and(records.leftOut());
                payloads.put(side.getKey(), records);
            } else {
                payloads.put(side.getKey(), FilePayload.of(side.getValue()));
            }
        }
        return new Draft(files, transcript.facts(), payloads, prepared);
    }

    private static void requireConversation(Path file, Draft draft) {
        if (!draft.facts().hasConversation()) {
            throw Failure.badInput(
                    file + (draft.transcript().size() == 0 ? " is empty" : " holds no message")
                            + ": there is nothing to resume",
                    "name another session with --session-id; `session-relay find --explain` lists them");
        }
    }

    /**
     * A bundle for a certain store.
     *
     * @param extendsStored whether the stored transcript is a beginning of this one, or all of it
     */
    public record Cutting(Bundle bundle, boolean extendsStored) {}

    /** Cuts the draft so that it shares all it can with what is stored of the session. */
    public Cutting cut(Draft draft, SessionId id, Optional<Manifest> stored) throws IOException {
        List<Entry> entries = new ArrayList<>();
        boolean extendsStored = false;
        for (Map.Entry<EntryName, Payload> payload : draft.payloads().entrySet()) {
            Optional<Entry> base = stored.flatMap(manifest -> manifest.entry(payload.getKey()));
            Cutter.Cut cut = Cutter.cut(payload.getKey(), payload.getValue(), base);
            entries.add(cut.entry());
            extendsStored |= payload.getKey().equals(EntryName.TRANSCRIPT) && cut.extendsBase();
        }
        Manifest manifest = new Manifest(
                id,
                Optional.empty(),
                id.equals(draft.files().id())
                        ? stored.flatMap(Manifest::continues)
                        : Optional.of(draft.files().id()),
                draft.facts(),
                origin,
                draft.prepared()
                        .andReparented(stored.map(earlier -> earlier.prepared().reparented())
                                .orElse(0L)),
                entries);
        return new Cutting(new Bundle(manifest, draft.payloads()), extendsStored);
    }
}
