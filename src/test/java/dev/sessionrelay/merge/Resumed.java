package dev.sessionrelay.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.bundle.Payload;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** What a resumed session would see of a transcript, as it was measured with real versions of Claude Code. */
final class Resumed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> records = new HashMap<>();
    private JsonNode lastInFile;
    private JsonNode latest;

    Resumed(Payload transcript) throws IOException {
        for (String line : Story.text(transcript).lines().toList()) {
            JsonNode record = JSON.readTree(line);
            if (!record.has("uuid")) {
                continue;
            }
            records.put(record.path("uuid").asText(), record);
            String type = record.path("type").asText();
            if (!record.path("isSidechain").asBoolean() && !type.equals("progress")) {
                lastInFile = record;
                latest = latest == null || !isEarlier(record, latest) ? record : latest;
            }
        }
    }

    private static boolean isEarlier(JsonNode record, JsonNode other) {
        return record.path("timestamp")
                        .asText()
                        .compareTo(other.path("timestamp").asText())
                < 0;
    }

    /** From 2.1.197 on: behind the last record of the conversation. */
    SequencedSet<String> promptsOfNewer() {
        return prompts(lastInFile);
    }

    /** To 2.1.100: behind the one with the latest time. */
    SequencedSet<String> promptsOfOlder() {
        return prompts(latest);
    }

    /** The prompts on the way back to the beginning, the last one first; what a summary stands for counts as seen. */
    private SequencedSet<String> prompts(JsonNode end) {
        SequencedSet<String> prompts = new LinkedHashSet<>();
        Set<String> passed = new HashSet<>();
        JsonNode at = end;
        while (at != null && passed.add(at.path("uuid").asText())) {
            JsonNode content = at.path("message").path("content");
            if (content.asText().startsWith("prompt-")) {
                prompts.add(content.asText());
            }
            String parent = at.path("parentUuid").asText("null");
            at = records.get(
                    parent.equals("null") ? at.path("logicalParentUuid").asText() : parent);
        }
        return prompts;
    }
}
