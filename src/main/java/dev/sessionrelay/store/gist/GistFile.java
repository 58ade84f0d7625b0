package dev.sessionrelay.store.gist;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * A file of a gist.
 *
 * @param content empty where GitHub does not send it along: in lists, and of large files
 */
record GistFile(String name, long size, URI raw, Optional<String> content) {
    /** GitHub gives no more by the raw address. */
    static final long MOST_BY_ADDRESS = 10_000_000;

    static GistFile of(JsonNode node) {
        boolean isWhole =
                node.path("content").isTextual() && !node.path("truncated").asBoolean(false);
        return new GistFile(
                node.path("filename").asText(),
                node.path("size").asLong(),
                URI.create(node.path("raw_url").asText().replace(" ", "%20")),
                isWhole ? Optional.of(node.path("content").asText()) : Optional.empty());
    }
}
