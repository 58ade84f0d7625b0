package dev.sessionrelay.store.release;

import dev.sessionrelay.transcript.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a release holds of one session.
 *
 * @param saves our saves, the latest first; more than one only for a moment, or where a writer died
 * @param archive the one by the scripts' name
 */
record SessionAssets(
        SessionId id, List<StoredSave> saves, Optional<Asset> archive, Optional<Asset> metadata, List<Asset> loose) {

    /** A save and the asset that it is. */
    record StoredSave(AssetName.Committed name, Asset asset) {}

    static SessionAssets of(SessionId id, List<Asset> assets) {
        List<StoredSave> saves = new ArrayList<>();
        List<Asset> loose = new ArrayList<>();
        Optional<Asset> archive = Optional.empty();
        Optional<Asset> metadata = Optional.empty();
        for (Asset asset : assets) {
            AssetName name =
                    AssetName.of(asset.name()).filter(n -> n.id().equals(id)).orElse(null);
            switch (name) {
                case AssetName.Committed committed when asset.isWhole() -> saves.add(new StoredSave(committed, asset));
                case AssetName.Archive _ when asset.isWhole() -> archive = Optional.of(asset);
                case AssetName.Metadata _ when asset.isWhole() -> metadata = Optional.of(asset);
                case AssetName.Loose _ -> loose.add(asset);
                case null, default -> {}
            }
        }
        saves.sort(Comparator.comparingInt((StoredSave save) -> save.name().generation())
                .reversed()
                .thenComparingLong((StoredSave save) -> save.asset().id()));
        return new SessionAssets(id, saves, archive, metadata, loose);
    }

    static Set<SessionId> idsIn(List<Asset> assets) {
        Set<SessionId> ids = new LinkedHashSet<>();
        for (Asset asset : assets) {
            AssetName.of(asset.name())
                    .filter(name -> asset.isWhole())
                    .filter(name -> name instanceof AssetName.Committed || name instanceof AssetName.Archive)
                    .ifPresent(name -> ids.add(name.id()));
        }
        return ids;
    }

    Optional<StoredSave> head() {
        return saves.stream().findFirst();
    }

    /**
     * The archive, where the scripts put it there after our last save: ours are uploaded before the save that they
     * belong to, and have our label.
     */
    Optional<Asset> byScripts() {
        return archive.filter(asset -> !asset.label().equals(Uploads.LABEL)
                && (head().isEmpty() || asset.id() > head().get().asset().id()));
    }

    /** When the current state was stored, by GitHub's own clock. */
    Asset newest() {
        return byScripts()
                .or(() -> head().map(StoredSave::asset))
                .or(() -> archive)
                .orElseThrow();
    }
}
