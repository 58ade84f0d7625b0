package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A release and its assets. */
public final class Release {
    private final long id;
    private volatile String tag;
    private final String createdAt = Shapes.now();
    private final Map<Long, Asset> assets = new ConcurrentSkipListMap<>();
    private volatile String title;
    private volatile String notes;
    private volatile boolean draft;
    private volatile boolean prerelease;

    Release(long id, String tag, String title, String notes, boolean draft) {
        this.id = id;
        this.tag = tag;
        this.title = title;
        this.notes = notes;
        this.draft = draft;
    }

    public long id() {
        return id;
    }

    public String tag() {
        return tag;
    }

    public String title() {
        return title;
    }

    public String notes() {
        return notes;
    }

    public boolean isDraft() {
        return draft;
    }

    public void publish() {
        draft = false;
    }

    public boolean isPrerelease() {
        return prerelease;
    }

    /** As a person would on its page, or a tool by the API: what is not named stays. */
    public void change(JsonNode wish) {
        tag = wish.path("tag_name").asText(tag);
        title = wish.path("name").asText(title);
        notes = wish.path("body").asText(notes);
        draft = wish.path("draft").asBoolean(draft);
        prerelease = wish.path("prerelease").asBoolean(prerelease);
    }

    public Map<Long, Asset> assets() {
        return assets;
    }

    public Optional<Asset> asset(String name) {
        return assets.values().stream()
                .filter(asset -> asset.name().equals(name))
                .findFirst();
    }

    ObjectNode json(Repo repo, StandIn.Addresses at) {
        String url = at.api() + "/repos/" + repo.owner() + "/" + repo.name() + "/releases/" + id;
        String page = "https://github.com/" + repo.owner() + "/" + repo.name() + "/releases/tag/";
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("url", url);
        node.put("assets_url", url + "/assets");
        node.put(
                "upload_url",
                at.uploads() + "/repos/" + repo.owner() + "/" + repo.name() + "/releases/" + id
                        + "/assets{?name,label}");
        node.put("html_url", page + (draft ? "untagged-" + Long.toHexString(id * 7919) : tag));
        node.put("id", id);
        node.set("author", Shapes.user("octocat"));
        node.put("node_id", "RE_" + id);
        node.put("tag_name", tag);
        node.put("target_commitish", "main");
        node.put("name", title);
        node.put("draft", draft);
        node.put("immutable", false);
        node.put("prerelease", prerelease);
        node.put("created_at", createdAt);
        node.put("updated_at", createdAt);
        node.put("published_at", draft ? null : createdAt);
        node.put("tarball_url", draft ? null : url + "/tarball");
        node.put("zipball_url", draft ? null : url + "/zipball");
        node.put("body", notes);
        assets.values().forEach(asset -> node.withArray("assets").add(asset.json(repo, this, at)));
        node.withArray("assets");
        return node;
    }
}
