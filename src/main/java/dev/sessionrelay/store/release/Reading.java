package dev.sessionrelay.store.release;

import dev.sessionrelay.bundle.Cutter;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Origin;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.FactsReader;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what a release holds of a session: what we saved, and what the scripts did. */
final class Reading {
    private static final int TRIES = 8;
    private static final int MOST_OF_A_COMMIT = 64 << 20;
    private static final int MOST_OF_METADATA = 1 << 20;

    private final Releases releases;
    private final Spool spool;
    private final Map<Long, Read> commits = new ConcurrentHashMap<>();

    Reading(Releases releases, Spool spool) {
        this.releases = releases;
        this.spool = spool;
    }

    /** A commit and the mark of its bytes. */
    record Read(Commit commit, String mark) {}

    /** The session as it is now; empty where it was deleted. */
    Optional<StoredSession> current(Draft draft, SessionId id) throws IOException {
        Kept kept = Kept.of(id, draft.assets());
        for (int tried = 0; tried < TRIES; tried++) {
            if (kept.byScripts().isPresent()) {
                return Optional.of(byScripts(draft, kept, kept.byScripts().get()));
            }
            if (kept.head().isEmpty()) {
                return Optional.empty();
            }
            Kept.Save head = kept.head().get();
            Optional<Read> read = commit(head);
            if (read.isPresent()) {
                Commit commit = read.get().commit();
                Version version = new Version(
                        commit.generation(), read.get().mark(), head.asset().id(), commit.archive());
                return commit.manifest().map(manifest -> stored(draft, manifest, version));
            }
            // Replaced since it was listed.
            kept = Kept.of(id, releases.assets(draft));
        }
        throw Failure.unreachable(
                "session " + id + " in " + releases.repository() + " is saved faster than it can be read",
                "run this again when fewer others save at once");
    }

    StoredSession stored(Draft draft, Manifest manifest, Version version) {
        ReleaseRef ref = new ReleaseRef(releases.repository().toString(), draft.tag(), manifest.sessionId());
        return new StoredSession(ref.toRef(), manifest, version.toString());
    }

    /** Empty where it is gone. */
    Optional<Read> commit(Kept.Save save) {
        Read known = commits.get(save.asset().id());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> json = releases.download(
                save.asset().id(),
                in -> in.readNBytes(MOST_OF_A_COMMIT),
                "what is known of session " + save.name().id());
        if (json.isEmpty()) {
            return Optional.empty();
        }
        String where = save.name() + " in " + releases.repository();
        Read read = new Read(Commit.read(json.get(), save.name(), where), Commit.markOf(json.get()));
        commits.put(save.asset().id(), read);
        return Optional.of(read);
    }

    void know(Asset asset, Commit commit, String mark) {
        commits.put(asset.id(), new Read(commit, mark));
    }

    /** The marks that a save made from this state has to name. */
    List<String> lineage(Optional<Version> base, Kept kept) throws IOException {
        if (base.isEmpty()) {
            return List.of();
        }
        List<String> lineage = new ArrayList<>(List.of(base.get().mark()));
        Optional<Kept.Save> save = base.get().isByScripts()
                ? kept.head()
                : kept.saves().stream()
                        .filter(s -> s.asset().id() == base.get().commit())
                        .findFirst();
        if (save.isPresent()) {
            Optional<Read> read = commit(save.get());
            if (read.isPresent()) {
                if (base.get().isByScripts()) {
                    lineage.add(read.get().mark());
                }
                lineage.addAll(read.get().commit().ancestors());
            }
        }
        return lineage;
    }

    /** The tags that a session's release may have, whatever it is called now; none where it was deleted. */
    List<TagName> tagsOf(Draft draft, SessionId id) {
        Kept kept = Kept.of(id, draft.assets());
        if (kept.head().isEmpty()) {
            return kept.metadata()
                    .flatMap(asset -> releases.download(
                            asset.id(), in -> ScriptsMetadata.branchIn(in.readNBytes(MOST_OF_METADATA)), asset.name()))
                    .flatMap(branch -> branch)
                    .map(TagName::allOfBranch)
                    .orElse(List.of());
        }
        return commit(kept.head().get())
                .flatMap(read -> read.commit().manifest())
                .map(manifest -> manifest.key()
                        .map(key -> TagName.allOf(new Key(key)))
                        .orElseGet(() -> TagName.allOfBranch(
                                manifest.facts().lastBranch().orElse("none"))))
                .orElse(List.of());
    }

    Instant savedAt(Kept kept) {
        Optional<Asset> metadata = kept.metadata();
        if (kept.byScripts().isEmpty() || metadata.isEmpty()) {
            return kept.newest().createdAt();
        }
        Instant uploaded = kept.newest().createdAt();
        return releases.download(
                        metadata.get().id(),
                        in -> ScriptsMetadata.timestampIn(in.readNBytes(MOST_OF_METADATA), uploaded),
                        metadata.get().name())
                .orElse(uploaded);
    }

    /** The scripts leave no manifest: their archive is read whole to make one. */
    private StoredSession byScripts(Draft draft, Kept kept, Asset archive) throws IOException {
        Version version = Version.byScripts(kept, archive);
        Map<EntryName, Payload> payloads = spool.fetch(kept.id(), archive.id());
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<EntryName, Payload> payload : payloads.entrySet()) {
            entries.add(Cutter.cut(payload.getKey(), payload.getValue(), Optional.empty())
                    .entry());
        }
        Manifest manifest = new Manifest(
                kept.id(),
                Optional.of(draft.tag().threadByScripts()),
                Optional.empty(),
                FactsReader.of(Objects.requireNonNull(payloads.get(EntryName.TRANSCRIPT))),
                new Origin(savedAt(kept), "local", "none", Map.of("by", "claude-session-sync.sh")),
                new Prepared(Map.of(), 0),
                entries);
        return stored(draft, manifest, version);
    }
}
