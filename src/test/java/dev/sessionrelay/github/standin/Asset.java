package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.Digest;

/** A file of a release. */
public final class Asset {
    private final long id;
    private final String type;
    private final String createdAt = Shapes.now();
    private volatile String updatedAt = createdAt;
    private volatile String name;
    private volatile String label;
    private volatile String state;
    private volatile byte[] bytes;

    Asset(long id, String name, String label, String type, String state, byte[] bytes) {
        this.id = id;
        this.name = name;
        this.label = label;
        this.type = type;
        this.state = state;
        this.bytes = bytes.clone();
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** As a careless hand would. */
    public void overwrite(byte[] other) {
        bytes = other.clone();
    }

    public void age(String createdAndUpdated) {
        updatedAt = createdAndUpdated;
    }

    void change(String newName, String newLabel) {
        name = newName;
        label = newLabel;
        updatedAt = Shapes.now();
    }

    ObjectNode json(Repo repo, Release release, StandIn.Addresses at) {
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("url", at.api() + "/repos/" + repo.owner() + "/" + repo.name() + "/releases/assets/" + id);
        node.put("id", id);
        node.put("node_id", "RA_" + id);
        node.put("name", name);
        node.put("label", label);
        node.set("uploader", Shapes.user("octocat"));
        node.put("content_type", type);
        node.put("state", state);
        node.put("size", bytes.length);
        node.put("digest", state.equals("uploaded") ? "sha256:" + Digest.of(bytes) : null);
        node.put("download_count", 0);
        node.put("created_at", createdAt);
        node.put("updated_at", updatedAt);
        node.put(
                "browser_download_url",
                "https://github.com/" + repo.owner() + "/" + repo.name() + "/releases/download/"
                        + (release.isDraft() ? "untagged" : release.tag()) + "/" + name);
        return node;
    }
}
