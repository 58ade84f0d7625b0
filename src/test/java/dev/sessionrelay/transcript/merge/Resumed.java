package dev.sessionrelay.transcript.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a resumed session would see of a transcript, as it was measured with real versions of Claude Code. */
final class Resumed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern PROMPT = Pattern.compile("prompt-[0-9a-f-]+");

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
    Set<String> promptsOfNewer() {
        return prompts(lastInFile);
    }

    /** To 2.1.100: behind the one with the latest time. */
    Set<String> promptsOfOlder() {
        return prompts(latest);
    }

    /** The prompts on the way back to the beginning or to a compaction, whose summary names those before it. */
    private Set<String> prompts(JsonNode end) {
        Set<String> prompts = new HashSet<>();
        Set<String> passed = new HashSet<>();
        JsonNode at = end;
        while (at != null && passed.add(at.path("uuid").asText())) {
            String content = at.path("message").path("content").asText();
            PROMPT.matcher(content).results().forEach(found -> prompts.add(found.group()));
            boolean compacted = at.path("subtype").asText().equals("compact_boundary");
            at = compacted ? null : records.get(at.path("parentUuid").asText());
        }
        return prompts;
    }
}
