package dev.sessionrelay.protect.redact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Records as Claude Code writes them, and their redaction. */
final class Transcripts {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "7c53d351-013c-4308-a705-3cc3387680a2";

    private Transcripts() {}

    static ObjectNode record(String type) {
        return JSON.createObjectNode()
                .put("parentUuid", "5e55104e-1a7e-4000-8000-000000000001")
                .put("isSidechain", false)
                .put("type", type)
                .put("uuid", "5e55104e-1a7e-4000-8000-000000000002")
                .put("timestamp", "2026-11-21T04:13:41.768Z")
                .put("cwd", "/home/somebody/project")
                .put("sessionId", ID)
                .put("version", "2.1.329");
    }

    static ObjectNode prompt(String text) {
        ObjectNode record = record("user");
        record.putObject("message").put("role", "user").put("content", text);
        return record;
    }

    static ObjectNode answer(ObjectNode block) {
        ObjectNode record = record("assistant");
        ObjectNode message = record.putObject("message");
        message.put("id", "msg_01AbCdEfGhIjKlMnOpQrStUv").put("type", "message").put("role", "assistant");
        message.putArray("content").add(block);
        return record;
    }

    static ObjectNode block(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    static String line(ObjectNode record) {
        try {
            return JSON.writeValueAsString(record) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Payload payload(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Payload() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long from) {
                return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
            }
        };
    }

    static String redacted(String transcript) throws IOException {
        return redacted(transcript, "transcript.jsonl", Map.of(), new SecretReport());
    }

    static String redacted(String text, String file, Map<String, String> environment, SecretReport report)
            throws IOException {
        return redacted(text, file, environment, List.of(), report);
    }

    static String redacted(
            String text, String file, Map<String, String> environment, Collection<String> told, SecretReport report)
            throws IOException {
        Redaction redaction = new Redaction(Redaction.Mode.ON, OwnRules.NONE, environment, told);
        Payload redacted = redaction.of(new EntryName(file), payload(text), report);
        try (InputStream in = redacted.open()) {
            String result = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (result.getBytes(StandardCharsets.UTF_8).length != redacted.size()) {
                throw new AssertionError("the payload says that it has " + redacted.size() + " bytes");
            }
            return result;
        }
    }
}
