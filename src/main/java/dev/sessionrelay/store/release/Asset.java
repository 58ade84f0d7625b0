package dev.sessionrelay.store.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/** A file of a release, as GitHub lists it. */
record Asset(long id, String name, String label, boolean isWhole, long size, Instant createdAt, Instant updatedAt) {

    static Asset of(JsonNode node) {
        return new Asset(
                node.path("id").asLong(),
                node.path("name").asText(),
                node.path("label").asText(""),
                node.path("state").asText().equals("uploaded"),
                node.path("size").asLong(),
                time(node.path("created_at").asText()),
                time(node.path("updated_at").asText()));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
