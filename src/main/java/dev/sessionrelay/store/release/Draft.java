package dev.sessionrelay.store.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A release that keeps sessions: a draft, unless somebody published it. */
record Draft(long id, TagName tag, boolean isDraft, String uploadUrl, String page, List<Asset> assets) {

    static Draft of(JsonNode node) {
        List<Asset> assets = new ArrayList<>();
        node.path("assets").forEach(asset -> assets.add(Asset.of(asset)));
        return new Draft(
                node.path("id").asLong(),
                new TagName(node.path("tag_name").asText()),
                node.path("draft").asBoolean(),
                node.path("upload_url").asText().replaceFirst("\\{.*", ""),
                node.path("html_url").asText(),
                List.copyOf(assets));
    }

    Draft with(List<Asset> newAssets) {
        return new Draft(id, tag, isDraft, uploadUrl, page, List.copyOf(newAssets));
    }

    boolean holdsSessions() {
        return assets.stream().anyMatch(asset -> AssetName.of(asset.name()).isPresent());
    }
}
