package dev.sessionrelay.protect.redact.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Records as Claude Code writes them. */
final class Records {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL = "toolu_01AbCdEfGhJkMnPqRsTuVwXy";

    private Records() {}

    static ObjectNode of(String type) {
        return JSON.createObjectNode()
                .put("parentUuid", "5e55104e-1a7e-4000-8000-000000000001")
                .put("isSidechain", false)
                .put("type", type)
                .put("uuid", "5e55104e-1a7e-4000-8000-000000000002")
                .put("timestamp", "2026-11-21T04:13:41.768Z")
                .put("cwd", "/home/somebody/project")
                .put("sessionId", "7c53d351-013c-4308-a705-3cc3387680a2")
                .put("version", "2.1.329");
    }

    static ObjectNode prompt(String text) {
        ObjectNode prompt = of("user");
        prompt.putObject("message").put("role", "user").put("content", text);
        return prompt;
    }

    static ObjectNode answer(ObjectNode block) {
        ObjectNode answer = of("assistant");
        answer.putObject("message")
                .put("id", "msg_01AbCdEfGhJkMnPqRsTuVwXy")
                .put("type", "message")
                .put("role", "assistant")
                .putArray("content")
                .add(block);
        return answer;
    }

    static ObjectNode use(String tool, String input, String text) {
        ObjectNode use = block("tool_use").put("id", CALL).put("name", tool);
        use.putObject("input").put("description", "x").put(input, text);
        return answer(use);
    }

    static ObjectNode result(String text) {
        ObjectNode result = prompt("");
        ((ObjectNode) result.get("message"))
                .putArray("content")
                .add(block("tool_result").put("tool_use_id", CALL).put("content", text));
        return result;
    }

    static ObjectNode attachment(String type, String text) {
        ObjectNode attachment = of("attachment");
        attachment.putObject("attachment").put("type", type).put("content", text);
        return attachment;
    }

    static ObjectNode block(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    /** As the Read tool shows a file. */
    static String numbered(String text, String between) {
        StringBuilder numbered = new StringBuilder();
        int number = 1;
        for (String one : text.split("\n", -1)) {
            numbered.append("%6d".formatted(number++))
                    .append(between)
                    .append(one)
                    .append('\n');
        }
        return numbered.toString();
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String line(ObjectNode record) {
        try {
            return JSON.writeValueAsString(record) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
