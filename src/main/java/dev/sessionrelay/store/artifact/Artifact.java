package dev.sessionrelay.store.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.bundle.SessionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** An artifact of a session, as GitHub lists it. */
record Artifact(long id, SessionId session, boolean isExpired, Instant createdAt) {
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
                        time(node.path("created_at").asText())));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
