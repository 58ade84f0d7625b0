package dev.sessionrelay.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.bundle.JsonTree;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Records by which a transcript would make Claude Code do something when it is resumed, instead of telling what was done:
 * {@code worktree-state} takes it to another folder, {@code session_cron_carry} sets tasks going that were scheduled, and
 * {@code hook_deferred_tool} runs a tool call that was put off.
 */
final class Unwanted {
    static final String WORKTREE = "worktree-state";
    static final Set<String> ATTACHMENTS = Set.of("session_cron_carry", "hook_deferred_tool");

    private static final String ATTACHMENT = "attachment";
    private static final int DEEPEST = 2000;
    private static final JsonTree JSON = new JsonTree(StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(Integer.MAX_VALUE)
            .maxDocumentLength(Long.MAX_VALUE)
            .build());

    private Unwanted() {}

    /** As Claude Code itself writes such records, which is enough for what it wrote on this machine. */
    static Optional<String> in(RecordScanner record) {
        Optional<String> type = record.text(Field.TYPE);
        if (type.equals(Optional.of(WORKTREE))) {
            return type;
        }
        if (!type.equals(Optional.of(ATTACHMENT))) {
            return Optional.empty();
        }
        String start = record.messageStart();
        return ATTACHMENTS.stream()
                .filter(kind -> start.startsWith("{\"type\":\"" + kind + "\""))
                .findFirst();
    }

    /** However somebody wrote it: with other letters for the same words, or the same field twice. */
    static Optional<String> in(byte[] record) throws IOException {
        try {
            JsonNode root = JSON.read(record);
            String type = root.path("type").asText();
            if (type.equals(WORKTREE)) {
                return Optional.of(type);
            }
            String kind = root.path(ATTACHMENT).path("type").asText();
            return Optional.of(kind).filter(ATTACHMENTS::contains);
        } catch (JsonProcessingException e) {
            // What cannot be judged is not let through, and nobody can read it anyway.
            return Optional.of("unreadable");
        }
    }
}
