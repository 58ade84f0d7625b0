package dev.sessionrelay.store.gist;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.store.LazyPayload;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a gist holds of a session: what we saved, or what another program put there. */
final class GistReader {
    private static final Pattern NAMED = Pattern.compile(".*session-([0-9a-fA-F-]{36})\\.jsonl");
    private static final Pattern DESCRIBED = Pattern.compile(".*\\bsession ([0-9a-fA-F-]{36}) \\((local|remote)\\).*");

    private final Gists gists;
    private final LatestSave heads;
    private final GistContent content;
    private final Map<String, Map<EntryName, Payload>> unpacked = new ConcurrentHashMap<>();

    GistReader(Gists gists, GistContent content) {
        this.gists = gists;
        this.heads = new LatestSave(gists);
        this.content = content;
    }

    /** A session as a gist has it, and what its save says; a foreign one has no save. */
    record GistState(StoredSession session, GistVersion version, Gist gist, Optional<SaveName> name, GistSave save) {
        /** The marks of this save and of those before it, the nearest first. */
        List<String> lineage() {
            List<String> marks = new ArrayList<>(List.of(version.mark()));
            marks.addAll(save.ancestors());
            return marks;
        }
    }

    /** Empty where there is no session in it, or it was deleted. */
    Optional<GistState> state(Gist gist) throws IOException {
        Optional<LatestSave.Head> head = heads.of(gist);
        if (head.isEmpty()) {
            Optional<SessionId> id = idIn(gist);
            return id.isEmpty() ? Optional.empty() : Optional.of(foreign(gist, id.get()));
        }
        SaveName name = head.get().name();
        Gist then = head.get().gist();
        GistSave save = save(then, name);
        GistVersion version = new GistVersion(name.number(), name.mark(), then.revision());
        return save.manifest()
                .map(manifest ->
                        new GistState(stored(gist.id(), manifest, version), version, then, Optional.of(name), save));
    }

    static StoredSession stored(String gist, Manifest manifest, GistVersion version) {
        return new StoredSession(new GistRef(gist, Optional.empty()).toRef(), manifest, version.toString());
    }

    GistSave save(Gist gist, SaveName name) {
        GistFile file = gist.file(name.toString()).orElseThrow();
        return GistSave.read(gists.content(gist, file), name, gist.where(name.toString()));
    }

    /** Which session a gist is of, that another program made. */
    static Optional<SessionId> idIn(Gist gist) {
        Matcher described = DESCRIBED.matcher(gist.description());
        return transcriptIn(gist)
                .flatMap(file -> {
                    Matcher named = NAMED.matcher(file);
                    return named.matches() ? SessionId.in(named.group(1)) : Optional.empty();
                })
                .or(() -> described.matches() && transcriptIn(gist).isPresent()
                        ? SessionId.in(described.group(1))
                        : Optional.empty());
    }

    private static Optional<String> transcriptIn(Gist gist) {
        List<String> lines = gist.files().keySet().stream()
                .filter(name -> name.endsWith(".jsonl"))
                .toList();
        return lines.stream()
                .filter(name -> NAMED.matcher(name).matches())
                .min(Comparator.naturalOrder())
                .or(() -> lines.size() == 1 ? lines.stream().findFirst() : Optional.empty());
    }

    private GistState foreign(Gist gist, SessionId id) throws IOException {
        GistVersion version = GistVersion.foreign(gist);
        GistPiece piece = new GistPiece(transcriptIn(gist).orElseThrow(), "");
        GistSave save = new GistSave(List.of(), Optional.empty(), List.of(piece), List.of());
        Payload transcript =
                Objects.requireNonNull(unpacked(gist, id, version, save).get(EntryName.TRANSCRIPT));
        Matcher described = DESCRIBED.matcher(gist.description());
        Manifest manifest = new Manifest(
                id,
                Optional.empty(),
                Optional.empty(),
                FactsReader.of(transcript),
                new Origin(
                        gist.updatedAt(),
                        described.matches() ? described.group(2) : "local",
                        "none",
                        Map.of("by", "a gist of another program")),
                Changes.NOTHING,
                List.of(Segmenter.cut(EntryName.TRANSCRIPT, transcript, Optional.empty())
                        .entry()));
        return new GistState(stored(gist.id(), manifest, version), version, gist, Optional.empty(), save);
    }

    private Map<EntryName, Payload> unpacked(Gist gist, SessionId id, GistVersion version, GistSave save)
            throws IOException {
        String key = gist.id() + "@" + version;
        synchronized (unpacked) {
            Map<EntryName, Payload> there = unpacked.get(key);
            if (there == null) {
                there = content.unpack(gist, id, save);
                unpacked.put(key, there);
            }
            return there;
        }
    }

    /** The bundle of a session, whose files are brought when the first payload is opened. */
    Bundle bundle(StoredSession session) {
        return LazyPayload.bundle(session.manifest(), session.ref().toString(), () -> files(session));
    }

    private Map<EntryName, Payload> files(StoredSession session) throws IOException {
        GistVersion version = GistVersion.of(session);
        String id = GistRef.of(session.ref()).id();
        SessionId sessionId = session.manifest().sessionId();
        Gist gist = gists.get(id, version.revision()).orElseThrow(() -> noMore(session));
        if (version.isForeign()) {
            GistPiece piece = new GistPiece(transcriptIn(gist).orElseThrow(() -> noMore(session)), "");
            GistSave save = new GistSave(List.of(), Optional.empty(), List.of(piece), List.of());
            return unpacked(gist, sessionId, version, save);
        }
        SaveName name = gist.saves().stream()
                .filter(save -> save.mark().equals(version.mark()))
                .findFirst()
                .orElseThrow(() -> noMore(session));
        return unpacked(gist, sessionId, version, save(gist, name));
    }

    private static Failure noMore(StoredSession session) {
        return Failure.nothingFound(
                session.ref() + " does not hold session " + session.manifest().sessionId() + " any more",
                "`session-relay list --store gist` shows what there is");
    }
}
