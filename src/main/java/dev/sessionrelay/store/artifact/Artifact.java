package dev.sessionrelay.store.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.transcript.SessionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An artifact of a session, as GitHub lists it.
 *
 * @param isOfOwnRun whether the run was of the repository's own commits; a fork's run leaves in it whatever the fork
 * likes
 */
record Artifact(long id, SessionId session, boolean isExpired, Instant createdAt, boolean isOfOwnRun) {
    private static final String PREFIX = "session-";

    static Optional<Artifact> of(JsonNode node) {
        String name = node.path("name").asText();
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return SessionId.in(name.substring(PREFIX.length()))
                .map(session -> new Artifact(
                        node.path("id").asLong(),
                        session,
                        node.path("expired").asBoolean(),
                        time(node.path("created_at").asText()),
                        isOfOwnRun(node.path("workflow_run"))));
    }

    private static boolean isOfOwnRun(JsonNode run) {
        JsonNode repository = run.path("repository_id");
        return repository.isIntegralNumber() && repository.equals(run.path("head_repository_id"));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
