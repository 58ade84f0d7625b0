package dev.sessionrelay.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The thread that an event belongs to: {@code pr-12} for a pull request and all that is said on it, {@code issue-34},
 * {@code discussion-5}, else the branch or tag that the workflow runs for.
 */
final class EventKey {
    private static final Pattern QUEUED = Pattern.compile("/pr-(\\d+)-[0-9a-f]+$");
    private static final Pattern PULL = Pattern.compile("refs/pull/(\\d+)/.*");
    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    private final Event event;

    private EventKey(Event event) {
        this.event = event;
    }

    static Key of(Event event) {
        EventKey reader = new EventKey(event);
        return reader.key()
                .or(() -> reader.ofRef(event.gitRef()))
                .map(Key::new)
                .orElseThrow(() -> Failure.badInput(
                        "the event \"" + event.name() + "\" names no pull request, issue, branch or tag to keep the"
                                + " conversation by",
                        "name the thread with the input key"));
    }

    private Optional<String> key() {
        JsonNode payload = event.payload();
        return switch (event.name()) {
            case "pull_request",
                    "pull_request_target",
                    "pull_request_review",
                    "pull_request_review_comment",
                    "pull_request_review_thread" -> numbered("pr", payload.at("/pull_request/number"));
            case "issue_comment", "issues" -> ofIssue(payload.path("issue"));
            case "discussion", "discussion_comment" -> numbered("discussion", payload.at("/discussion/number"));
            case "workflow_dispatch" -> ofDispatch(payload.at("/inputs/branch").asText());
            case "workflow_run" -> ofRun(payload.path("workflow_run"));
            case "check_run" -> ofRun(payload.at("/check_run/check_suite"));
            case "check_suite" -> ofRun(payload.path("check_suite"));
            case "merge_group" -> ofQueue(payload.path("merge_group"));
            case "release" -> named("tag", payload.at("/release/tag_name").asText());
            case "create", "delete" ->
                named(
                        payload.path("ref_type").asText().equals("tag") ? "tag" : "branch",
                        payload.path("ref").asText());
            default -> Optional.empty();
        };
    }

    /** A pull request is an issue too, and comments on it come as comments on that issue. */
    private static Optional<String> ofIssue(JsonNode issue) {
        return numbered(issue.hasNonNull("pull_request") ? "pr" : "issue", issue.path("number"));
    }

    private Optional<String> ofDispatch(String branch) {
        return branch.isBlank() ? Optional.empty() : ofRef(branch).or(() -> named("branch", branch.strip()));
    }

    /** A run or a check of exactly one pull request is that pull request's; a fork's branch is no branch of ours. */
    private static Optional<String> ofRun(JsonNode run) {
        if (run.path("pull_requests").size() == 1) {
            return numbered("pr", run.at("/pull_requests/0/number"));
        }
        String branch = run.path("head_branch").asText();
        String head = run.at("/head_repository/full_name").asText();
        String base = run.at("/repository/full_name").asText();
        boolean isOurs = head.isEmpty() || base.isEmpty() || head.equalsIgnoreCase(base);
        return named("branch", isOurs || branch.isBlank() ? branch : head.replaceFirst("/.*", "") + ":" + branch);
    }

    private Optional<String> ofQueue(JsonNode group) {
        Matcher queued = QUEUED.matcher(group.path("head_ref").asText());
        return queued.find()
                ? Optional.of("pr-" + queued.group(1))
                : ofRef(group.path("base_ref").asText());
    }

    private Optional<String> ofRef(String ref) {
        Matcher pull = PULL.matcher(ref);
        if (pull.matches()) {
            return Optional.of("pr-" + pull.group(1));
        }
        if (ref.startsWith(BRANCH)) {
            return named("branch", ref.substring(BRANCH.length()));
        }
        return ref.startsWith(TAG) ? named("tag", ref.substring(TAG.length())) : Optional.empty();
    }

    private static Optional<String> numbered(String kind, JsonNode number) {
        return number.canConvertToLong() && number.asLong() > 0
                ? Optional.of(kind + "-" + number.asLong())
                : Optional.empty();
    }

    private static Optional<String> named(String kind, String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(kind + "-" + name);
    }
}
