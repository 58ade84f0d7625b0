package dev.sessionrelay.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.action.runner.Event;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.text.SafeText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The thread that an event belongs to: {@code pr-12} for a pull request and all that is said on it, {@code issue-34},
 * {@code discussion-5}, else the branch or tag that the workflow runs for. Only what the event proves counts: a
 * workflow that runs because of somebody else's branch must not continue the conversation of ours that has the same
 * name. docs/action.md has the table.
 */
public final class EventKey {
    private static final Pattern QUEUED = Pattern.compile("^refs/heads/gh-readonly-queue/.+/pr-(\\d+)-[0-9a-f]+$");
    private static final Pattern PULL = Pattern.compile("refs/pull/(\\d+)/.*");
    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    private final Event event;

    private EventKey(Event event) {
        this.event = event;
    }

    public static Key of(Event event) {
        return new EventKey(event)
                .key()
                .map(Key::ofName)
                .orElseThrow(() -> Failure.badInput(
                        "the event \"" + SafeText.of(event.name(), 60)
                                + "\" proves no pull request, issue, branch or tag of this repository to keep the"
                                + " conversation by",
                        "name the thread with the input key"));
    }

    private Optional<String> key() {
        JsonNode payload = event.payload();
        return switch (event.name()) {
            case "pull_request", "pull_request_review", "pull_request_review_comment" ->
                numbered("pr", payload.at("/pull_request/number")).or(() -> ofPull(event.gitRef()));
            case "pull_request_target", "pull_request_review_thread" ->
                numbered("pr", payload.at("/pull_request/number"));
            case "issue_comment", "issues" -> ofIssue(payload.path("issue"));
            case "discussion", "discussion_comment" -> numbered("discussion", payload.at("/discussion/number"));
            case "workflow_dispatch" -> ofDispatch(text(payload.at("/inputs/branch")));
            case "workflow_run" -> ofRun(payload.path("workflow_run"));
            case "check_run" -> ofPullRequest(payload.at("/check_run/check_suite"));
            case "check_suite" -> ofPullRequest(payload.path("check_suite"));
            // It is about any commit, a fork's too, while the workflow runs for the default branch.
            case "status" -> Optional.empty();
            case "merge_group" -> ofQueue(payload.path("merge_group"));
            case "release" ->
                named("tag", text(payload.at("/release/tag_name"))).or(() -> ofOwnRef(event.gitRef()));
            case "create", "delete" ->
                named(text(payload.path("ref_type")).equals("tag") ? "tag" : "branch", text(payload.path("ref")));
            default -> ofRef(event.gitRef());
        };
    }

    /** A pull request is an issue too, and comments on it come as comments on that issue. */
    private static Optional<String> ofIssue(JsonNode issue) {
        return numbered(issue.hasNonNull("pull_request") ? "pr" : "issue", issue.path("number"));
    }

    /** Whoever may dispatch a workflow chooses the input, so that it names a branch or a tag and no pull request. */
    private Optional<String> ofDispatch(String branch) {
        if (branch.isBlank()) {
            return ofOwnRef(event.gitRef());
        }
        return branch.strip().startsWith("refs/") ? ofOwnRef(branch.strip()) : named("branch", branch.strip());
    }

    /** A run of exactly one pull request is that pull request's; a fork's branch is not a branch of ours. */
    private Optional<String> ofRun(JsonNode run) {
        Optional<String> pull = ofPullRequest(run);
        if (pull.isPresent()) {
            return pull;
        }
        String branch = text(run.path("head_branch"));
        String head = text(run.at("/head_repository/full_name"));
        String base = text(run.at("/repository/full_name"));
        String own = base.isEmpty() ? text(event.payload().at("/repository/full_name")) : base;
        // A run whose repository is not told, as that of a deleted fork, could be of anybody's branch.
        if (branch.isBlank() || head.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        return named("branch", head.equalsIgnoreCase(own) ? branch : head.replaceFirst("/.*", "") + ":" + branch);
    }

    /**
     * The one pull request of ours that a run or a check belongs to. GitHub lists those of the repository that ours was
     * forked from as well, and lists none for a fork's.
     */
    private Optional<String> ofPullRequest(JsonNode run) {
        JsonNode pulls = run.path("pull_requests");
        JsonNode ownId = event.payload().at("/repository/id");
        JsonNode baseId = pulls.path(0).at("/base/repo/id");
        boolean isOurs = !ownId.isIntegralNumber() || !baseId.isIntegralNumber() || ownId.asLong() == baseId.asLong();
        return pulls.size() == 1 && isOurs ? numbered("pr", pulls.at("/0/number")) : Optional.empty();
    }

    private Optional<String> ofQueue(JsonNode group) {
        Matcher queued = QUEUED.matcher(text(group.path("head_ref")));
        return queued.find() ? Optional.of("pr-" + queued.group(1)) : ofOwnRef(text(group.path("base_ref")));
    }

    private static Optional<String> ofRef(String ref) {
        return ofPull(ref).or(() -> ofOwnRef(ref));
    }

    private static Optional<String> ofPull(String ref) {
        Matcher pull = PULL.matcher(ref);
        return pull.matches() ? Optional.of("pr-" + pull.group(1)) : Optional.empty();
    }

    private static Optional<String> ofOwnRef(String ref) {
        if (ref.startsWith(BRANCH)) {
            return named("branch", ref.substring(BRANCH.length()));
        }
        return ref.startsWith(TAG) ? named("tag", ref.substring(TAG.length())) : Optional.empty();
    }

    private static Optional<String> numbered(String kind, JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.asLong() > 0
                ? Optional.of(kind + "-" + number.asLong())
                : Optional.empty();
    }

    private static Optional<String> named(String kind, String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(kind + "-" + name);
    }

    /** Empty for null, which is not a name. */
    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }
}
