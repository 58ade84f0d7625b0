package dev.sessionrelay.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What started a workflow: the {@code GITHUB_*} variables that tell of it, and the payload.
 *
 * @param github by the names of the {@code github} context
 */
public record Event(Map<String, String> github, ObjectNode payload) {
    public static final String REPOSITORY = "octo-org/my.repo_x";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHA = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

    public static Event push(String branch) {
        ObjectNode payload = emptyPayload();
        payload.put("ref", "refs/heads/" + branch).put("after", SHA);
        return event("push", "refs/heads/" + branch, payload);
    }

    public static Event dispatch(String branch, Map<String, String> inputs) {
        ObjectNode payload = emptyPayload();
        payload.put("ref", "refs/heads/" + branch);
        inputs.forEach(payload.putObject("inputs")::put);
        return event("workflow_dispatch", "refs/heads/" + branch, payload);
    }

    public static Event pullRequest(int number) {
        return pullRequestFrom(REPOSITORY, number);
    }

    public static Event pullRequestFromFork(int number) {
        return pullRequestFrom("stranger/my.repo_x", number);
    }

    static Event issueComment(int issue) {
        return issueComment(issue, "OWNER", "@claude have a look");
    }

    /** @param author what they are to the repository, such as {@code OWNER} or {@code NONE} */
    public static Event issueComment(int issue, String author, String says) {
        ObjectNode payload = emptyPayload();
        payload.put("action", "created");
        payload.putObject("issue")
                .put("number", issue)
                .put("title", "It breaks")
                .put("body", "It does.");
        payload.putObject("comment").put("body", says).put("author_association", author);
        return event("issue_comment", "refs/heads/main", payload);
    }

    /** A comment on a pull request is told as one on an issue. */
    public static Event pullRequestComment(int number) {
        Event event = issueComment(number);
        ObjectNode issue = (ObjectNode) event.payload().path("issue");
        issue.putObject("pull_request").put("url", "https://api.github.com/repos/" + REPOSITORY + "/pulls/" + number);
        return event;
    }

    private static Event pullRequestFrom(String head, int number) {
        ObjectNode payload = emptyPayload();
        payload.put("action", "synchronize").put("number", number);
        ObjectNode pull = payload.putObject("pull_request");
        pull.put("number", number).put("title", "A change");
        ObjectNode from = pull.putObject("head");
        from.put("ref", "topic").put("sha", SHA);
        from.putObject("repo").put("full_name", head).put("fork", !head.equals(REPOSITORY));
        ObjectNode to = pull.putObject("base");
        to.put("ref", "main");
        to.putObject("repo").put("full_name", REPOSITORY).put("fork", false);
        Event event = event("pull_request", "refs/pull/" + number + "/merge", payload);
        event.github().put("head_ref", "topic");
        event.github().put("base_ref", "main");
        return event;
    }

    private static ObjectNode emptyPayload() {
        ObjectNode payload = JSON.createObjectNode();
        payload.putObject("repository")
                .put("full_name", REPOSITORY)
                .put("private", true)
                .put("visibility", "private")
                .put("default_branch", "main");
        payload.putObject("sender").put("login", "octocat");
        return payload;
    }

    private static Event event(String name, String ref, ObjectNode payload) {
        var github = new TreeMap<String, String>();
        github.put("event_name", name);
        github.put("ref", ref);
        github.put("ref_name", ref.replaceFirst("^refs/(heads|tags|pull)/", ""));
        github.put("ref_type", "branch");
        github.put("ref_protected", "false");
        github.put("head_ref", "");
        github.put("base_ref", "");
        github.put("sha", SHA);
        return new Event(github, payload);
    }
}
