package dev.sessionrelay.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.TranscriptFacts;

/** What a transcript says about itself, as its manifest has it. */
final class FactsJson {
    private static final int LONGEST_TITLE = 200;

    private FactsJson() {}

    static void write(TranscriptFacts facts, ObjectNode root) {
        facts.title().ifPresent(title -> root.put("title", title));
        root.put("turns", facts.turns());
        root.put("messages", facts.messages());
        ObjectNode recorded = root.putObject("recorded");
        facts.firstAt().ifPresent(at -> recorded.put("first_at", at));
        facts.lastAt().ifPresent(at -> recorded.put("last_at", at));
        facts.firstFolder().ifPresent(folder -> recorded.put("folder", folder));
        facts.lastFolder().ifPresent(folder -> recorded.put("last_folder", folder));
        facts.firstBranch().ifPresent(branch -> recorded.put("first_branch", branch));
        facts.lastBranch().ifPresent(branch -> recorded.put("branch", branch));
        facts.claudeVersion().ifPresent(version -> recorded.put("claude_version", version));
        facts.entrypoint().ifPresent(entrypoint -> recorded.put("entrypoint", entrypoint));
    }

    static TranscriptFacts read(JsonNode root) {
        JsonNode recorded = root.path("recorded");
        return new TranscriptFacts(
                ManifestJson.optional(root, "title").map(title -> SafeText.of(title, LONGEST_TITLE)),
                root.path("turns").asInt(0),
                root.path("messages").asLong(0),
                ManifestJson.optional(recorded, "first_at"),
                ManifestJson.optional(recorded, "last_at"),
                ManifestJson.optional(recorded, "folder"),
                ManifestJson.optional(recorded, "last_folder"),
                ManifestJson.optional(recorded, "first_branch"),
                ManifestJson.optional(recorded, "branch"),
                ManifestJson.optional(recorded, "claude_version"),
                ManifestJson.optional(recorded, "entrypoint"));
    }
}
