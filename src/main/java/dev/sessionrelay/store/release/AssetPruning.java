package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Makes room in a release for another save: GitHub takes 1,000 assets in each. What goes is our own and superseded,
 * then whole sessions of ours, those that were saved longest ago first. What others put there stays, and so do the
 * scripts'.
 */
final class AssetPruning {
    static final int MOST = 1000;
    /** A save needs three; the others are for those who save at the same time. */
    private static final int FREE = 24;

    private static final Duration READABLE = Duration.ofMinutes(15);

    private final Releases releases;
    private final SessionRelease draft;
    private final SessionId id;
    private final Consumer<String> told;

    AssetPruning(Releases releases, SessionRelease draft, SessionId id, Consumer<String> told) {
        this.releases = releases;
        this.draft = draft;
        this.id = id;
        this.told = told;
    }

    void make() throws IOException {
        int tooMany = draft.assets().size() + FREE - MOST;
        if (tooMany <= 0) {
            return;
        }
        Instant readable = Instant.now().minus(READABLE);
        List<Asset> going = new ArrayList<>(draft.assets().stream()
                .filter(asset ->
                        isLoose(asset) && isOurs(asset) && asset.updatedAt().isBefore(readable))
                .toList());
        for (SessionAssets old : oldest()) {
            if (going.size() >= tooMany) {
                break;
            }
            List<Asset> all = assetsOf(old).stream()
                    .filter(asset -> !going.contains(asset))
                    .toList();
            going.addAll(all);
            told.accept(StoreContext.WARNING + "session " + old.id() + ", saved "
                    + old.newest().createdAt() + ", was removed from "
                    + draft.tag() + " in " + releases.repository() + ": a release takes " + MOST
                    + " files, and it was the oldest there; use more keys, or --store git, which has no such limit");
        }
        if (draft.assets().size() - going.size() > MOST - 3) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "could not save into the release " + draft.tag() + " of " + releases.repository() + ": it has "
                            + draft.assets().size() + " files, GitHub takes " + MOST
                            + ", and they are not ours to remove",
                    "remove some of them, or use another key or --store git");
        }
        List<Callable<Boolean>> removals = new ArrayList<>();
        for (Asset asset : going) {
            removals.add(() -> {
                releases.delete(asset);
                return true;
            });
        }
        ParallelCalls.run(removals);
    }

    /** Sessions of which all that is there is ours, without the one that is to be saved. */
    private List<SessionAssets> oldest() {
        return SessionAssets.idsIn(draft.assets()).stream()
                .filter(other -> !other.equals(id))
                .map(other -> SessionAssets.of(other, draft.assets()))
                .filter(kept ->
                        kept.byScripts().isEmpty() && assetsOf(kept).stream().allMatch(AssetPruning::isOurs))
                .sorted(Comparator.comparing(
                                (SessionAssets kept) -> kept.newest().createdAt())
                        .thenComparingLong(kept -> kept.newest().id()))
                .toList();
    }

    private List<Asset> assetsOf(SessionAssets kept) {
        return draft.assets().stream()
                .filter(asset -> AssetName.of(asset.name())
                        .filter(name -> name.id().equals(kept.id()))
                        .isPresent())
                .toList();
    }

    private static boolean isLoose(Asset asset) {
        return AssetName.of(asset.name())
                .filter(name -> name instanceof AssetName.Loose)
                .isPresent();
    }

    private static boolean isOurs(Asset asset) {
        return asset.label().startsWith(Uploads.LABEL);
    }
}
