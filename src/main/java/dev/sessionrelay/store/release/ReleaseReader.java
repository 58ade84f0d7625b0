package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what a release holds of a session: what we saved, and what the scripts did. */
final class ReleaseReader {
    private static final int TRIES = 8;
    private static final int MOST_OF_A_COMMIT = 64 << 20;
    private static final int MOST_OF_METADATA = 1 << 20;

    private final Releases releases;
    private final ArchiveCache spool;
    private final Map<Long, Read> commits = new ConcurrentHashMap<>();

    ReleaseReader(Releases releases, ArchiveCache spool) {
        this.releases = releases;
        this.spool = spool;
    }

    /** A commit and the mark of its bytes. */
    record Read(SaveRecord commit, String mark) {}

    /** The session as it is now; empty where it was deleted. */
    Optional<StoredSession> current(SessionRelease draft, SessionId id) throws IOException {
        SessionAssets kept = SessionAssets.of(id, draft.assets());
        for (int tried = 0; tried < TRIES; tried++) {
            if (kept.byScripts().isPresent()) {
                return Optional.of(byScripts(draft, kept, kept.byScripts().get()));
            }
            if (kept.head().isEmpty()) {
                return Optional.empty();
            }
            SessionAssets.StoredSave head = kept.head().get();
            Optional<Read> read = commit(head);
            if (read.isPresent()) {
                SaveRecord commit = read.get().commit();
                ReleaseVersion version = new ReleaseVersion(
                        commit.generation(), read.get().mark(), head.asset().id(), commit.archive());
                return commit.manifest().map(manifest -> stored(draft, manifest, version));
            }
            // Replaced since it was listed.
            kept = SessionAssets.of(id, releases.assets(draft));
        }
        throw Failure.unreachable(
                "session " + id + " in " + releases.repository() + " is saved faster than it can be read",
                "run this again when fewer others save at once");
    }

    StoredSession stored(SessionRelease draft, Manifest manifest, ReleaseVersion version) {
        ReleaseRef ref = new ReleaseRef(releases.repository().toString(), draft.tag(), manifest.sessionId());
        return new StoredSession(ref.toRef(), manifest, version.toString());
    }

    /** Empty where it is gone. */
    Optional<Read> commit(SessionAssets.StoredSave save) {
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
        Read read = new Read(SaveRecord.read(json.get(), save.name(), where), SaveRecord.markOf(json.get()));
        commits.put(save.asset().id(), read);
        return Optional.of(read);
    }

    void know(Asset asset, SaveRecord commit, String mark) {
        commits.put(asset.id(), new Read(commit, mark));
    }

    /** The marks that a save made from this state has to name. */
    List<String> lineage(Optional<ReleaseVersion> base, SessionAssets kept) throws IOException {
        if (base.isEmpty()) {
            return List.of();
        }
        List<String> lineage = new ArrayList<>(List.of(base.get().mark()));
        Optional<SessionAssets.StoredSave> save = base.get().isByScripts()
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
    List<TagName> tagsOf(SessionRelease draft, SessionId id) {
        SessionAssets kept = SessionAssets.of(id, draft.assets());
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

    Instant savedAt(SessionAssets kept) {
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
    private StoredSession byScripts(SessionRelease draft, SessionAssets kept, Asset archive) throws IOException {
        ReleaseVersion version = ReleaseVersion.byScripts(kept, archive);
        Map<EntryName, Payload> payloads = spool.fetch(kept.id(), archive.id());
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<EntryName, Payload> payload : payloads.entrySet()) {
            entries.add(Segmenter.cut(payload.getKey(), payload.getValue(), Optional.empty())
                    .entry());
        }
        Manifest manifest = new Manifest(
                kept.id(),
                Optional.of(draft.tag().threadByScripts()),
                Optional.empty(),
                FactsReader.of(Objects.requireNonNull(payloads.get(EntryName.TRANSCRIPT))),
                new Origin(savedAt(kept), "local", "none", Map.of("by", "claude-session-sync.sh")),
                new Changes(Map.of(), 0),
                entries);
        return stored(draft, manifest, version);
    }
}
