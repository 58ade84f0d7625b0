package dev.sessionrelay.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.journey.ModelRequest.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the real API refuses in a conversation, so that a session which cannot go on does not go on here either. */
final class ApiRules {
    private ApiRules() {}

    /** The words of the refusal, if these messages are refused. */
    static Optional<String> broken(List<Message> messages) {
        return alteredThinking(messages).or(() -> unpairedTools(messages));
    }

    /** A thinking block has to be as the model wrote it. */
    private static Optional<String> alteredThinking(List<Message> messages) {
        return messages.stream()
                .flatMap(message -> message.blocks("thinking").stream())
                .filter(block -> !block.path("signature")
                        .asText()
                        .equals(Script.signature(block.path("thinking").asText())))
                .map(block -> "Invalid `signature` in `thinking` block: " + block)
                .findFirst();
    }

    /** Each message answers exactly the tool calls of the one before it. */
    private static Optional<String> unpairedTools(List<Message> messages) {
        Set<String> called = Set.of();
        for (Message message : messages) {
            Set<String> answered = ids(message.blocks("tool_result"), "tool_use_id");
            if (!called.equals(answered)) {
                return Optional.of("`tool_use` and `tool_result` blocks do not pair: " + difference(called, answered));
            }
            called = ids(message.blocks("tool_use"), "id");
        }
        return Optional.empty();
    }

    private static Set<String> difference(Set<String> left, Set<String> right) {
        var difference = new HashSet<>(left);
        difference.addAll(right);
        difference.removeIf(id -> left.contains(id) && right.contains(id));
        return difference;
    }

    private static Set<String> ids(List<JsonNode> blocks, String field) {
        return blocks.stream().map(block -> block.path(field).asText()).collect(Collectors.toSet());
    }
}
