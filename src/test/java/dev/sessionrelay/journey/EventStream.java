package dev.sessionrelay.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A whole message told as the server-sent events in which the API streams it: opened empty, then filled. */
final class EventStream {
    private final StringBuilder events = new StringBuilder();

    private EventStream() {}

    static String of(ObjectNode message) {
        var stream = new EventStream();
        ObjectNode opened = message.deepCopy();
        opened.putNull("stop_reason").putArray("content");
        ObjectNode start = Json.object();
        start.set("message", opened);
        stream.event("message_start", start);
        int index = 0;
        for (JsonNode block : message.path("content")) {
            stream.block(index++, block);
        }
        ObjectNode end = Json.object();
        end.putObject("delta")
                .put("stop_reason", message.path("stop_reason").asText())
                .putNull("stop_sequence");
        end.putObject("usage")
                .put(
                        "output_tokens",
                        message.path("usage").path("output_tokens").asInt());
        stream.event("message_delta", end);
        stream.event("message_stop", Json.object());
        return stream.events.toString();
    }

    private void block(int index, JsonNode block) {
        ObjectNode empty = block.deepCopy();
        switch (block.path("type").asText()) {
            case "text" -> {
                open(index, empty.put("text", ""));
                delta(index, "text_delta", "text", block.path("text").asText());
            }
            case "thinking" -> {
                open(index, empty.put("thinking", "").put("signature", ""));
                delta(
                        index,
                        "thinking_delta",
                        "thinking",
                        block.path("thinking").asText());
                delta(
                        index,
                        "signature_delta",
                        "signature",
                        block.path("signature").asText());
            }
            case "tool_use" -> {
                empty.putObject("input");
                open(index, empty);
                delta(
                        index,
                        "input_json_delta",
                        "partial_json",
                        block.path("input").toString());
            }
            default -> throw new IllegalArgumentException("no events are known for " + block);
        }
        event("content_block_stop", Json.object().put("index", index));
    }

    private void open(int index, ObjectNode empty) {
        ObjectNode start = Json.object().put("index", index);
        start.set("content_block", empty);
        event("content_block_start", start);
    }

    private void delta(int index, String type, String field, String value) {
        ObjectNode delta = Json.object().put("index", index);
        delta.putObject("delta").put("type", type).put(field, value);
        event("content_block_delta", delta);
    }

    private void event(String type, ObjectNode data) {
        events.append("event: ").append(type).append("\ndata: ");
        events.append(data.put("type", type)).append("\n\n");
    }
}
