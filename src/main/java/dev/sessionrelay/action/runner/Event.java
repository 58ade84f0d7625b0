package dev.sessionrelay.action.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The event that started the workflow, with what GitHub sent along. */
public record Event(String name, JsonNode payload, String gitRef, String repository) {
    /** GitHub sends no more than 25 MB. */
    private static final int LARGEST = 1 << 25;

    /** Events that run for a fork's code, and so without the right to write. */
    private static final Set<String> OF_THE_HEAD =
            Set.of("pull_request", "pull_request_review", "pull_request_review_comment");

    /** Who can read the repository that the workflow runs in. */
    public enum Visibility {
        PUBLIC,
        PRIVATE,
        UNKNOWN
    }

    public static Event of(ActionContext runner) {
        JsonNode payload = runner.variable("GITHUB_EVENT_PATH")
                .map(Path::of)
                .filter(Files::exists)
                .map(Event::read)
                .orElse(MissingNode.getInstance());
        return new Event(
                runner.variable("GITHUB_EVENT_NAME").orElse(""),
                payload,
                runner.variable("GITHUB_REF").orElse(""),
                runner.variable("GITHUB_REPOSITORY").orElse(""));
    }

    private static JsonNode read(Path file) {
        try {
            return JsonTree.USUAL.read(PlainFile.namedBytes(file, LARGEST));
        } catch (IOException e) {
            throw Failure.ofDisk("read the event that started this workflow", file, e);
        }
    }

    public boolean isPullRequestOfAFork() {
        JsonNode pull = payload.path("pull_request");
        String base = pull.at("/base/repo/full_name").asText();
        // A fork that was deleted meanwhile has no repository.
        return OF_THE_HEAD.contains(name)
                && pull.isObject()
                && !pull.at("/head/repo/full_name").asText().equalsIgnoreCase(base);
    }

    public Visibility visibility() {
        JsonNode repository = payload.path("repository");
        String said = repository.path("visibility").asText();
        if (said.equals("public")) {
            return Visibility.PUBLIC;
        }
        if (said.equals("private") || said.equals("internal")) {
            return Visibility.PRIVATE;
        }
        if (!repository.has("private")) {
            return Visibility.UNKNOWN;
        }
        return repository.path("private").asBoolean() ? Visibility.PRIVATE : Visibility.PUBLIC;
    }
}
