package dev.sessionrelay.store.release;

import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.github.Call;
import dev.sessionrelay.store.SessionStore.Saved;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One save or one deletion of one session in one release. */
final class Saving {
    private final Releases releases;
    private final Reading reading;
    private final Draft draft;
    private final SessionId id;
    private final Supplier<StaleBase> stale;
    private final Consumer<String> told;
    private final Uploads uploads;

    Saving(
            Releases releases,
            Reading reading,
            Draft draft,
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

    Saved save(Manifest manifest, Packing packing, Optional<StoredSession> stored) throws IOException, StaleBase {
        Kept kept = Kept.of(id, draft.assets());
        Optional<Version> base = baseOf(kept, stored);
        new Room(releases, draft, id, told).make();
        Call.Body.OfFile archiveBody = packing.body();
        String metadataText = ScriptsMetadata.of(manifest, draft.tag()).write();
        Call.Body metadataBody = new Call.Body.OfText(metadataText, "application/json");
        List<Callable<Optional<Asset>>> puts = List.of(
                () -> uploads.put(AssetName.Loose.archive(id).toString(), Uploads.LABEL, archiveBody),
                () -> uploads.put(AssetName.Loose.metadata(id).toString(), Uploads.LABEL, metadataBody));
        List<Optional<Asset>> sent = Together.run(puts);
        Asset archive = sent.getFirst().orElseThrow(stale);
        Asset metadata = sent.getLast().orElseThrow(stale);
        List<String> lineage = reading.lineage(base, kept);
        Commit commit = new Commit(next(base), Optional.of(manifest), archive.id(), lineage);
        Commit.Written written = commit.write();
        Asset mine;
        try {
            mine = decide(commit, written, base);
        } catch (StaleBase otherCameFirst) {
            releases.delete(archive);
            releases.delete(metadata);
            throw otherCameFirst;
        }
        Kept now = Kept.of(id, releases.assets(draft));
        if (!stands(now, mine, written.mark(), base, lineage)) {
            List.of(mine, archive, metadata).forEach(releases::delete);
            throw stale.get();
        }
        new Publication(releases, draft, id).publish(now, mine, archive, metadata, base, lineage);
        Version version = new Version(commit.generation(), written.mark(), mine.id(), archive.id());
        long bytes = archiveBody.size() + metadataText.length() + written.json().length();
        return new Saved(reading.stored(draft, manifest, version), bytes);
    }

    /** What a save is made from, when it still is the state that the release shows. */
    private Optional<Version> baseOf(Kept kept, Optional<StoredSession> stored) throws IOException, StaleBase {
        if (stored.isPresent()) {
            Version version = Version.of(stored.get());
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
        Kept.Save head = kept.head().get();
        Reading.Read deletion = reading.commit(head)
                .filter(read -> read.commit().manifest().isEmpty())
                .orElseThrow(stale);
        return Optional.of(new Version(
                head.name().generation(), deletion.mark(), head.asset().id(), 0));
    }

    private static int next(Optional<Version> base) {
        return base.map(Version::generation).orElse(0) + 1;
    }

    /** The one step that decides between writers: the name is given once. */
    private Asset decide(Commit commit, Commit.Written written, Optional<Version> base) throws StaleBase {
        String parent = base.map(Version::mark).orElse(Commit.NO_PARENT);
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
    private boolean stands(Kept now, Asset mine, String mark, Optional<Version> base, List<String> lineage)
            throws IOException {
        boolean scriptsCameBetween =
                now.archive().filter(shown -> !Version.isKnown(shown, lineage)).isPresent();
        Optional<Kept.Save> head = now.head();
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

    private static boolean isThere(Optional<Version> base, Kept now) {
        return base.isEmpty()
                || base.get().isByScripts()
                || now.saves().stream()
                        .anyMatch(save -> save.asset().id() == base.get().commit());
    }

    /** A deletion is a save of nothing, after which all is removed, itself last. */
    void delete(StoredSession session) throws IOException, StaleBase {
        Kept kept = Kept.of(id, draft.assets());
        if (kept.head().isEmpty() && kept.archive().isEmpty()) {
            return;
        }
        Version version = Version.of(session);
        if (!version.isStateOf(kept)) {
            if (reading.current(draft, id).isEmpty()) {
                return;
            }
            throw stale.get();
        }
        List<String> lineage = reading.lineage(Optional.of(version), kept);
        Commit commit = new Commit(version.generation() + 1, Optional.empty(), 0, lineage);
        Commit.Written written = commit.write();
        Asset mine = decide(commit, written, Optional.of(version));
        Kept now = Kept.of(id, releases.assets(draft));
        if (!stands(now, mine, written.mark(), Optional.of(version), lineage)) {
            releases.delete(mine);
            throw stale.get();
        }
        removeAll(now, mine);
    }

    /** Takes the session out of a release that it is not kept in any more. */
    void leave() throws IOException {
        Kept kept = Kept.of(id, draft.assets());
        List<Asset> all = new ArrayList<>(kept.loose());
        kept.archive().ifPresent(all::add);
        kept.metadata().ifPresent(all::add);
        kept.saves().forEach(save -> all.add(save.asset()));
        remove(all);
    }

    private void removeAll(Kept now, Asset mine) throws IOException {
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
        Together.run(removals);
    }
}
