package dev.sessionrelay.store.release;

import dev.sessionrelay.github.Call;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.SessionStore.Saved;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One save or one deletion of one session in one release. */
final class ReleaseWriter {
    private final Releases releases;
    private final ReleaseReader reading;
    private final SessionRelease draft;
    private final SessionId id;
    private final Supplier<StaleBase> stale;
    private final Consumer<String> told;
    private final Uploads uploads;

    ReleaseWriter(
            Releases releases,
            ReleaseReader reading,
            SessionRelease draft,
            SessionId id,
            Supplier<StaleBase> stale,
            Consumer<String> told) {
        this.releases = releases;
        this.reading = reading;
        this.draft = draft;
        this.id = id;
        this.stale = stale;
        this.told = told;
        this.uploads = new Uploads(releases, draft);
    }

    Saved save(Manifest manifest, ArchiveJob packing, Optional<StoredSession> stored) throws IOException, StaleBase {
        SessionAssets kept = SessionAssets.of(id, draft.assets());
        Optional<ReleaseVersion> base = baseOf(kept, stored);
        new AssetPruning(releases, draft, id, told).make();
        Call.Body.OfFile archiveBody = packing.body();
        String metadataText = ScriptsMetadata.of(manifest, draft.tag()).write();
        Call.Body metadataBody = new Call.Body.OfText(metadataText, "application/json");
        List<Callable<Optional<Asset>>> puts = List.of(
                () -> uploads.put(AssetName.Loose.archive(id).toString(), Uploads.LABEL, archiveBody),
                () -> uploads.put(AssetName.Loose.metadata(id).toString(), Uploads.LABEL, metadataBody));
        List<Optional<Asset>> sent = ParallelCalls.run(puts);
        Asset archive = sent.getFirst().orElseThrow(stale);
        Asset metadata = sent.getLast().orElseThrow(stale);
        List<String> lineage = reading.lineage(base, kept);
        SaveRecord commit = new SaveRecord(next(base), Optional.of(manifest), archive.id(), lineage);
        SaveRecord.WrittenRecord written = commit.write();
        Asset mine;
        try {
            mine = decide(commit, written, base);
        } catch (StaleBase otherCameFirst) {
            releases.delete(archive);
            releases.delete(metadata);
            throw otherCameFirst;
        }
        SessionAssets now = SessionAssets.of(id, releases.assets(draft));
        if (!stands(now, mine, written.mark(), base, lineage)) {
            List.of(mine, archive, metadata).forEach(releases::delete);
            throw stale.get();
        }
        new Publication(releases, draft, id).publish(now, mine, archive, metadata, base, lineage);
        ReleaseVersion version = new ReleaseVersion(commit.generation(), written.mark(), mine.id(), archive.id());
        long bytes = archiveBody.size() + metadataText.length() + written.json().length();
        return new Saved(reading.stored(draft, manifest, version), bytes);
    }

    /** What a save is made from, when it still is the state that the release shows. */
    private Optional<ReleaseVersion> baseOf(SessionAssets kept, Optional<StoredSession> stored)
            throws IOException, StaleBase {
        if (stored.isPresent()) {
            ReleaseVersion version = ReleaseVersion.of(stored.get());
            if (!version.isStateOf(kept)) {
                throw stale.get();
            }
            return Optional.of(version);
        }
        if (kept.byScripts().isPresent()) {
            throw stale.get();
        }
        if (kept.head().isEmpty()) {
            return Optional.empty();
        }
        // A deletion that was cut short; anything else is a session that should not be there.
        SessionAssets.StoredSave head = kept.head().get();
        ReleaseReader.Read deletion = reading.commit(head)
                .filter(read -> read.commit().manifest().isEmpty())
                .orElseThrow(stale);
        return Optional.of(new ReleaseVersion(
                head.name().generation(), deletion.mark(), head.asset().id(), 0));
    }

    private static int next(Optional<ReleaseVersion> base) {
        return base.map(ReleaseVersion::generation).orElse(0) + 1;
    }

    /** The one step that decides between writers: the name is given once. */
    private Asset decide(SaveRecord commit, SaveRecord.WrittenRecord written, Optional<ReleaseVersion> base)
            throws StaleBase {
        String parent = base.map(ReleaseVersion::mark).orElse(SaveRecord.NO_PARENT);
        String name = new AssetName.Committed(id, commit.generation(), parent).toString();
        String label = "Session Relay, save " + commit.generation() + " ("
                + UUID.randomUUID().toString().substring(0, 13) + ")";
        Asset mine = uploads.put(name, label, new Call.Body.OfText(written.json(), "application/json"))
                .orElseThrow(stale);
        reading.know(mine, commit, written.mark());
        return mine;
    }

    /**
     * A name that was given can be free again when those who came after were quick. So a writer looks once more whether
     * its save is the latest, or one that the latest was made from.
     */
    private boolean stands(
            SessionAssets now, Asset mine, String mark, Optional<ReleaseVersion> base, List<String> lineage)
            throws IOException {
        boolean scriptsCameBetween = now.archive()
                .filter(shown -> !ReleaseVersion.isKnown(shown, lineage))
                .isPresent();
        Optional<SessionAssets.StoredSave> head = now.head();
        boolean isListed = now.saves().stream().anyMatch(save -> save.asset().id() == mine.id());
        if (!isListed) {
            // Only who made a save from it removes it.
            return true;
        }
        if (head.isPresent() && head.get().asset().id() == mine.id()) {
            return !scriptsCameBetween && isThere(base, now);
        }
        return head.isPresent()
                && reading.commit(head.get())
                        .filter(read -> read.commit().ancestors().contains(mark))
                        .isPresent();
    }

    private static boolean isThere(Optional<ReleaseVersion> base, SessionAssets now) {
        return base.isEmpty()
                || base.get().isByScripts()
                || now.saves().stream()
                        .anyMatch(save -> save.asset().id() == base.get().commit());
    }

    /** A deletion is a save of nothing, after which all is removed, itself last. */
    void delete(StoredSession session) throws IOException, StaleBase {
        SessionAssets kept = SessionAssets.of(id, draft.assets());
        if (kept.head().isEmpty() && kept.archive().isEmpty()) {
            return;
        }
        ReleaseVersion version = ReleaseVersion.of(session);
        if (!version.isStateOf(kept)) {
            if (reading.current(draft, id).isEmpty()) {
                return;
            }
            throw stale.get();
        }
        List<String> lineage = reading.lineage(Optional.of(version), kept);
        SaveRecord commit = new SaveRecord(version.generation() + 1, Optional.empty(), 0, lineage);
        SaveRecord.WrittenRecord written = commit.write();
        Asset mine = decide(commit, written, Optional.of(version));
        SessionAssets now = SessionAssets.of(id, releases.assets(draft));
        if (!stands(now, mine, written.mark(), Optional.of(version), lineage)) {
            releases.delete(mine);
            throw stale.get();
        }
        removeAll(now, mine);
    }

    /** Takes the session out of a release that it is not kept in any more. */
    void leave() throws IOException {
        SessionAssets kept = SessionAssets.of(id, draft.assets());
        List<Asset> all = new ArrayList<>(kept.loose());
        kept.archive().ifPresent(all::add);
        kept.metadata().ifPresent(all::add);
        kept.saves().forEach(save -> all.add(save.asset()));
        remove(all);
    }

    private void removeAll(SessionAssets now, Asset mine) throws IOException {
        List<Asset> all = new ArrayList<>(now.loose());
        now.archive().ifPresent(all::add);
        now.metadata().ifPresent(all::add);
        now.saves().forEach(save -> all.add(save.asset()));
        // What is younger than the deletion belongs to somebody who saves the session anew.
        all.removeIf(asset -> asset.id() >= mine.id());
        remove(all);
        releases.delete(mine);
    }

    private void remove(List<Asset> all) throws IOException {
        List<Callable<Boolean>> removals = new ArrayList<>();
        for (Asset asset : all) {
            removals.add(() -> {
                releases.delete(asset);
                return true;
            });
        }
        ParallelCalls.run(removals);
    }
}
