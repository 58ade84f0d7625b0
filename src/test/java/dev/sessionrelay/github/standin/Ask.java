package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as the stand-in sees it. */
@SuppressWarnings("ArrayRecordComponent")
public record Ask(
        String host,
        String method,
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        byte[] body,
        Grant grant) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Whoever sends a large session as one file sends one long string.
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(1 << 28).build());
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new Refused(400, "Problems parsing JSON");
        }
    }

    int number(String name, int otherwise) {
        return Optional.ofNullable(query.get(name)).map(Integer::parseInt).orElse(otherwise);
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().getFirst())
                .findFirst();
    }

    boolean hasToken() {
        return header("Authorization").isPresent();
    }
}
