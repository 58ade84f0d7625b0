package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A gist with all its revisions. */
public final class Gist {
    private static final int INLINE = 1_000_000;

    private final String id;
    private final String owner;
    private final boolean isPublic;
    private final String createdAt = Shapes.now();
    private final List<Revision> revisions = new ArrayList<>();
    private volatile String updatedAt = createdAt;
    private volatile String description;

    /** One state of the files, by their names. */
    record Revision(String version, String at, Map<String, String> files) {}

    Gist(String id, String owner, String description, boolean isPublic, Map<String, String> files) {
        this.id = id;
        this.owner = owner;
        this.description = description;
        this.isPublic = isPublic;
        revise(description, files);
    }

    public String id() {
        return id;
    }

    public String owner() {
        return owner;
    }

    public String description() {
        return description;
    }

    public boolean isPublic() {
        return isPublic;
    }

    public int revisions() {
        return revisions.size();
    }

    public Map<String, String> files() {
        return revisions.getLast().files();
    }

    String createdAt() {
        return createdAt;
    }

    /** As a careless hand would, on the gist's page. */
    public void overwrite(String name, String content) {
        Map<String, String> files = new TreeMap<>(files());
        files.put(name, content);
        revise(description, files);
    }

    /** As if it had been changed last so long ago. */
    public void age(Duration by) {
        updatedAt = Instant.parse(updatedAt).minus(by).toString();
    }

    void revise(String newDescription, Map<String, String> files) {
        description = newDescription;
        updatedAt = Shapes.now();
        if (!revisions.isEmpty() && files.equals(files())) {
            return;
        }
        Optional<ObjectId> before =
                revisions.isEmpty() ? Optional.empty() : Optional.of(ObjectId.fromString(latest().version()));
        String version;
        try {
            version = GistGit.commit(new TreeMap<>(files), before, new ObjectInserter.Formatter()::idFor)
                    .name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        revisions.add(new Revision(version, updatedAt, new TreeMap<>(files)));
    }

    List<Map<String, String>> history() {
        return revisions.stream().map(Revision::files).toList();
    }

    Revision latest() {
        return revisions.getLast();
    }

    Revision revision(String version) {
        return revisions.stream()
                .filter(revision -> revision.version().equals(version))
                .findFirst()
                .orElseThrow(Refused::missing);
    }

    static ObjectId blobOf(String content) {
        return new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
    }

    /** What the list has of it: no content and no history. */
    ObjectNode listed(StandIn.Addresses at) {
        return json(latest(), at, false);
    }

    ObjectNode whole(Revision revision, StandIn.Addresses at) {
        ObjectNode node = json(revision, at, true);
        node.putArray("forks");
        ArrayNode history = node.putArray("history");
        commits(at, revisions.indexOf(revision)).stream().limit(30).forEach(history::add);
        return node;
    }

    List<ObjectNode> commits(StandIn.Addresses at) {
        return commits(at, revisions.size() - 1);
    }

    private List<ObjectNode> commits(StandIn.Addresses at, int newest) {
        List<ObjectNode> commits = new ArrayList<>();
        for (int i = newest; i >= 0; i--) {
            ObjectNode commit = Shapes.JSON.createObjectNode();
            commit.set("user", Shapes.user(owner));
            commit.put("version", revisions.get(i).version());
            commit.put("committed_at", revisions.get(i).at());
            commit.putObject("change_status")
                    .put("total", 1)
                    .put("additions", 1)
                    .put("deletions", 0);
            commit.put("url", at.api() + "/gists/" + id + "/" + revisions.get(i).version());
            commits.add(commit);
        }
        return commits;
    }

    private ObjectNode json(Revision revision, StandIn.Addresses at, boolean withContent) {
        String url = at.api() + "/gists/" + id;
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("url", url);
        node.put("forks_url", url + "/forks");
        node.put("commits_url", url + "/commits");
        node.put("id", id);
        node.put("node_id", "G_" + id);
        node.put("git_pull_url", at.pages() + "/" + id + ".git");
        node.put("git_push_url", at.pages() + "/" + id + ".git");
        node.put("html_url", "https://gist.github.com/" + owner + "/" + id);
        ObjectNode files = node.putObject("files");
        revision.files().forEach((name, content) -> files.set(name, file(name, content, at, withContent)));
        node.put("public", isPublic);
        node.put("created_at", createdAt);
        node.put("updated_at", updatedAt);
        node.put("description", description);
        node.put("comments", 0);
        node.putNull("user");
        node.put("comments_url", url + "/comments");
        node.set("owner", Shapes.user(owner));
        node.put("truncated", false);
        return node;
    }

    private ObjectNode file(String name, String content, StandIn.Addresses at, boolean withContent) {
        int size = content.getBytes(StandardCharsets.UTF_8).length;
        ObjectNode file = Shapes.JSON.createObjectNode();
        file.put("filename", name);
        file.put("type", "text/plain");
        file.put("language", "Text");
        file.put(
                "raw_url",
                at.files() + "/" + owner + "/" + id + "/raw/" + blobOf(content).name() + "/" + name);
        file.put("size", size);
        if (withContent) {
            file.put("truncated", size > INLINE);
            file.put("content", size > INLINE ? content.substring(0, Math.min(content.length(), INLINE)) : content);
        }
        return file;
    }
}
