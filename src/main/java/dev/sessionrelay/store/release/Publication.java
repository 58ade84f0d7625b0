package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What follows a save: the newest archive and metadata get the names that the scripts look for, and what was replaced
 * goes. All of it can be left out or done twice; the save stands without it, and the next one does what is missing.
 */
final class Publication {
    /** Who found a state just before it was replaced is still to be able to read it. */
    private static final Duration READABLE = Duration.ofMinutes(15);

    private static final int TRIES = 3;

    private final Releases releases;
    private final SessionRelease draft;
    private final SessionId id;

    Publication(Releases releases, SessionRelease draft, SessionId id) {
        this.releases = releases;
        this.draft = draft;
        this.id = id;
    }

    /**
     * @param mine the save that is to be shown
     * @param base the state that it was made from
     */
    void publish(
            SessionAssets now,
            Asset mine,
            Asset archive,
            Asset metadata,
            Optional<ReleaseVersion> base,
            List<String> ancestors)
            throws IOException {
        try {
            SessionAssets seen = now;
            for (int tried = 0; tried < TRIES; tried++) {
                if (seen.head().isEmpty() || seen.head().get().asset().id() != mine.id()) {
                    return;
                }
                clear(seen, archive, metadata, base, ancestors);
                List<Callable<Boolean>> renames = List.of(
                        () -> releases.rename(archive, new AssetName.Archive(id).toString(), Uploads.LABEL),
                        () -> releases.rename(metadata, new AssetName.Metadata(id).toString(), Uploads.LABEL));
                if (!ParallelCalls.run(renames).contains(false)) {
                    return;
                }
                seen = SessionAssets.of(id, releases.assets(draft));
            }
        } catch (Failure e) {
            // The save is complete, and found by its own asset; the names are for the scripts.
        }
    }

    /** Takes the names from what has them, and removes what nobody needs any more. */
    private void clear(
            SessionAssets seen, Asset archive, Asset metadata, Optional<ReleaseVersion> base, List<String> ancestors)
            throws IOException {
        Instant readable = Instant.now().minus(READABLE);
        List<Callable<Boolean>> steps = new ArrayList<>();
        seen.archive()
                .filter(shown -> shown.id() != archive.id())
                .filter(shown -> ReleaseVersion.isKnown(shown, ancestors))
                .ifPresent(shown -> steps.add(
                        () -> releases.rename(shown, AssetName.Loose.archive(id).toString(), Uploads.LABEL)));
        seen.metadata().filter(shown -> shown.id() != metadata.id()).ifPresent(shown -> steps.add(() -> remove(shown)));
        base.flatMap(version -> seen.saves().stream()
                        .filter(save -> save.asset().id() == version.commit())
                        .findFirst())
                .ifPresent(save -> steps.add(() -> remove(save.asset())));
        seen.loose().stream()
                .filter(asset -> asset.id() != archive.id() && asset.id() != metadata.id())
                .filter(asset -> asset.updatedAt().isBefore(readable))
                .forEach(asset -> steps.add(() -> remove(asset)));
        ParallelCalls.run(steps);
    }

    private boolean remove(Asset asset) {
        releases.delete(asset);
        return true;
    }
}
