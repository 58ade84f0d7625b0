package dev.sessionrelay.store.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.bundle.SessionId;
import java.util.ArrayList;
import java.util.List;

/**
 * A release that keeps sessions: a draft, unless somebody published it.
 *
 * @param tag what its sessions are found under
 * @param calls the tag that it has on GitHub, which others may have changed
 */
record Draft(
        long id,
        TagName tag,
        String calls,
        boolean isDraft,
        boolean isPrerelease,
        String uploadUrl,
        String page,
        List<Asset> assets) {

    static Draft of(JsonNode node) {
        List<Asset> assets = new ArrayList<>();
        node.path("assets").forEach(asset -> assets.add(Asset.of(asset)));
        String tag = node.path("tag_name").asText();
        return new Draft(
                node.path("id").asLong(),
                new TagName(tag),
                tag,
                node.path("draft").asBoolean(),
                node.path("prerelease").asBoolean(),
                node.path("upload_url").asText().replaceFirst("\\{.*", ""),
                node.path("html_url").asText(),
                List.copyOf(assets));
    }

    /** The same release, of which the sessions are those of another tag. */
    Draft under(TagName other) {
        return new Draft(id, other, calls, isDraft, isPrerelease, uploadUrl, page, assets);
    }

    /** The same, as if it held this session only. */
    Draft with(SessionId only) {
        List<Asset> of = assets.stream()
                .filter(asset -> AssetName.of(asset.name())
                        .filter(name -> name.id().equals(only))
                        .isPresent())
                .toList();
        return new Draft(id, tag, calls, isDraft, isPrerelease, uploadUrl, page, of);
    }

    boolean isRenamed() {
        return !tag.text().equals(calls);
    }

    boolean holdsSessions() {
        return assets.stream().anyMatch(asset -> AssetName.of(asset.name()).isPresent());
    }
}
