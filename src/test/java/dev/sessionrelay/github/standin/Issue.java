package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An issue, or a pull request as the issues' addresses show it. */
public final class Issue {
    private final long id;
    private final int number;
    private final String createdAt = Shapes.now();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile String updatedAt = createdAt;
    private volatile String body;

    Issue(long id, int number, String body) {
        this.id = id;
        this.number = number;
        this.body = body;
    }

    public String body() {
        return body;
    }

    /** As a person or another program would. */
    public void write(String newBody) {
        body = newBody;
        updatedAt = Shapes.now();
    }

    public void comment(String text) {
        comments.add(text);
    }

    List<ObjectNode> comments(Repo repo, StandIn.Addresses at) {
        return comments.stream()
                .map(text -> comment(repo, at, comments.indexOf(text) + 1, text))
                .toList();
    }

    private ObjectNode comment(Repo repo, StandIn.Addresses at, int commentId, String text) {
        String url = url(repo, at);
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("id", commentId);
        node.put("node_id", "IC_" + commentId);
        node.put("url", url.replaceFirst("/\\d+$", "/comments/" + commentId));
        node.put("issue_url", url);
        node.put("html_url", page(repo) + "#issuecomment-" + commentId);
        node.set("user", Shapes.user("octocat"));
        node.put("created_at", createdAt);
        node.put("updated_at", createdAt);
        node.put("author_association", "OWNER");
        node.put("body", text);
        return node;
    }

    ObjectNode json(Repo repo, StandIn.Addresses at) {
        String url = url(repo, at);
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("url", url);
        node.put("repository_url", url.replaceFirst("/issues/\\d+$", ""));
        node.put("labels_url", url + "/labels{/name}");
        node.put("comments_url", url + "/comments");
        node.put("events_url", url + "/events");
        node.put("html_url", page(repo));
        node.put("id", id);
        node.put("node_id", "I_" + id);
        node.put("number", number);
        node.put("title", "A plan");
        node.set("user", Shapes.user("octocat"));
        node.putArray("labels");
        node.put("state", "open");
        node.put("locked", false);
        node.putNull("assignee");
        node.putArray("assignees");
        node.putNull("milestone");
        node.put("comments", comments.size());
        node.put("created_at", createdAt);
        node.put("updated_at", updatedAt);
        node.putNull("closed_at");
        node.put("author_association", "OWNER");
        node.put("body", body);
        return node;
    }

    private String url(Repo repo, StandIn.Addresses at) {
        return at.api() + "/repos/" + repo.owner() + "/" + repo.name() + "/issues/" + number;
    }

    private String page(Repo repo) {
        return "https://github.com/" + repo.owner() + "/" + repo.name() + "/issues/" + number;
    }
}
