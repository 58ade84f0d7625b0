package dev.sessionrelay.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.text.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to know of a conversation before going on with it.
 *
 * @param tools how often each tool was used
 * @param contextTokens how much the model read for its last answer
 * @param writtenTokens how much the model wrote in all
 */
public record TranscriptSummary(
        Optional<String> firstPrompt,
        Optional<String> lastPrompt,
        Optional<String> model,
        Map<String, Integer> tools,
        long contextTokens,
        long writtenTokens) {

    private static final int MOST_OF_A_PROMPT = 300;
    private static final int MOST_OF_A_LINE = 32 << 20;

    public static TranscriptSummary of(Payload transcript) throws IOException {
        Gathering gathering = new Gathering();
        try (InputStream in = transcript.open()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        gathering.take(line.toByteArray());
                        line.reset();
                    } else if (line.size() < MOST_OF_A_LINE) {
                        line.write(buffer[i]);
                    }
                }
            }
            gathering.take(line.toByteArray());
        }
        return gathering.summary();
    }

    private static final class Gathering {
        private final Map<String, Integer> tools = new TreeMap<>();
        private final Map<String, Long> writtenByMessage = new TreeMap<>();
        private @Nullable String firstPrompt;
        private @Nullable String lastPrompt;
        private @Nullable String model;
        private long contextTokens;

        void take(byte[] line) {
            JsonNode record;
            try {
                record = JsonTree.USUAL.read(line);
            } catch (IOException e) {
                return; // A damaged line is no part of the conversation, for Claude Code neither.
            }
            if (record.path("isSidechain").asBoolean()) {
                return;
            }
            switch (record.path("type").asText()) {
                case "user" -> takePrompt(record);
                case "assistant" -> takeAnswer(record.path("message"));
                default -> {}
            }
        }

        private void takePrompt(JsonNode record) {
            JsonNode content = record.path("message").path("content");
            String text = content.isTextual() ? content.asText() : firstText(content);
            boolean isPrompt = !record.path("isMeta").asBoolean()
                    && !record.path("isCompactSummary").asBoolean()
                    && !record.hasNonNull("toolUseResult")
                    && !text.isBlank()
                    && !text.startsWith("<command-name>")
                    && !text.startsWith("<local-command-");
            if (isPrompt) {
                lastPrompt = SafeText.of(text, MOST_OF_A_PROMPT);
                firstPrompt = firstPrompt == null ? lastPrompt : firstPrompt;
            }
        }

        private static String firstText(JsonNode content) {
            for (JsonNode block : content) {
                if (block.path("type").asText().equals("text")) {
                    return block.path("text").asText();
                }
            }
            return "";
        }

        private void takeAnswer(JsonNode message) {
            model = message.hasNonNull("model")
                    ? SafeText.of(message.path("model").asText(), 80)
                    : model;
            for (JsonNode block : message.path("content")) {
                if (block.path("type").asText().equals("tool_use")) {
                    tools.merge(SafeText.of(block.path("name").asText(), 80), 1, Integer::sum);
                }
            }
            JsonNode usage = message.path("usage");
            if (usage.isObject()) {
                // A message has one record for each of its blocks, and each repeats the usage.
                writtenByMessage.put(
                        message.path("id").asText(), usage.path("output_tokens").asLong());
                contextTokens = usage.path("input_tokens").asLong()
                        + usage.path("cache_creation_input_tokens").asLong()
                        + usage.path("cache_read_input_tokens").asLong();
            }
        }

        TranscriptSummary summary() {
            return new TranscriptSummary(
                    Optional.ofNullable(firstPrompt),
                    Optional.ofNullable(lastPrompt),
                    Optional.ofNullable(model),
                    Map.copyOf(tools),
                    contextTokens,
                    writtenByMessage.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }
}
