package dev.sessionrelay.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;

/** One request that the CLI sent to the model. What it holds is what a resumed session really remembers. */
record ModelRequest(JsonNode body) {

    record Message(String role, List<JsonNode> blocks) {
        boolean has(String type) {
            return blocks.stream().anyMatch(block -> isA(type, block));
        }

        String text() {
            return String.join("\n", values("text", block -> block.path("text").asText()));
        }

        List<JsonNode> blocks(String type) {
            return blocks.stream().filter(block -> isA(type, block)).toList();
        }

        private List<String> values(String type, Function<JsonNode, String> value) {
            return blocks(type).stream().map(value).toList();
        }
    }

    List<Message> messages() {
        return body.path("messages")
                .valueStream()
                .map(message -> new Message(message.path("role").asText(), blocks(message.path("content"))))
                .toList();
    }

    /** Titles and summaries are asked for without tools; a conversation, also a subagent's, always offers some. */
    boolean isConversation() {
        return !body.path("tools").isEmpty();
    }

    boolean offers(String tool) {
        return body.path("tools")
                .valueStream()
                .anyMatch(offered -> offered.path("name").asText().equals(tool));
    }

    List<String> prompts() {
        return all("user", "text", block -> block.path("text").asText());
    }

    List<String> answers() {
        return all("assistant", "text", block -> block.path("text").asText());
    }

    List<String> thinking() {
        return all("assistant", "thinking", block -> block.path("thinking").asText());
    }

    List<String> toolInputs() {
        return all("assistant", "tool_use", block -> block.path("input").toString());
    }

    List<String> toolOutputs() {
        return all(
                "user",
                "tool_result",
                block -> blocks(block.path("content")).stream()
                        .map(part -> part.path("text").asText())
                        .reduce("", String::concat));
    }

    private List<String> all(String role, String type, Function<JsonNode, String> value) {
        return messages().stream()
                .filter(message -> message.role().equals(role))
                .flatMap(message -> message.values(type, value).stream())
                .toList();
    }

    private static boolean isA(String type, JsonNode block) {
        return block.path("type").asText().equals(type);
    }

    /** The API takes a bare string wherever it takes blocks. */
    private static List<JsonNode> blocks(JsonNode content) {
        if (content.isTextual()) {
            return List.of(Json.object().put("type", "text").put("text", content.asText()));
        }
        return content.valueStream().toList();
    }
}
