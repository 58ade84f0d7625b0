package dev.sessionrelay.store.release;

import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.github.GHAsset;
import org.kohsuke.github.GHRelease;

/**
 * A release that keeps sessions: a draft, unless somebody published it.
 *
 * @param release as it was read
 * @param tag what its sessions are found under
 * @param calls the tag that it has on GitHub, which others may have changed
 */
record SessionRelease(
        GHRelease release,
        long id,
        TagName tag,
        String calls,
        boolean isDraft,
        boolean isPrerelease,
        String uploadUrl,
        List<Asset> assets) {

    @SuppressWarnings("deprecation") // The other way to its assets asks GitHub for them.
    static SessionRelease of(GHRelease release) throws IOException {
        List<Asset> assets = new ArrayList<>();
        for (GHAsset asset : release.assets()) {
            assets.add(Asset.of(asset));
        }
        String tag = release.getTagName();
        return new SessionRelease(
                release,
                release.getId(),
                new TagName(tag),
                tag,
                release.isDraft(),
                release.isPrerelease(),
                release.getUploadUrl().replaceFirst("\\{.*", ""),
                List.copyOf(assets));
    }

    /** The same release, of which the sessions are those of another tag. */
    SessionRelease under(TagName other) {
        return new SessionRelease(release, id, other, calls, isDraft, isPrerelease, uploadUrl, assets);
    }

    /** The same, as if it held this session only. */
    SessionRelease with(SessionId only) {
        List<Asset> of = assets.stream()
                .filter(asset -> AssetName.of(asset.name())
                        .filter(name -> name.id().equals(only))
                        .isPresent())
                .toList();
        return new SessionRelease(release, id, tag, calls, isDraft, isPrerelease, uploadUrl, of);
    }

    /** Where people see it. */
    String page() {
        return String.valueOf(release.getHtmlUrl());
    }

    boolean isRenamed() {
        return !tag.text().equals(calls);
    }

    boolean holdsSessions() {
        return assets.stream().anyMatch(asset -> AssetName.of(asset.name()).isPresent());
    }
}
