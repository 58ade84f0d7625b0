package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.relay.PlanHeader;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.TranscriptFacts;

/** The objects that {@code --json} prints. Their field names are a promise to scripts. */
final class JsonOutput {
    private JsonOutput() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode success() {
        return object().put("success", true);
    }

    /** As erk's own upload tells it. */
    static void describe(PlanHeader.Update update, ObjectNode into) {
        into.put("issue_number", update.plan().number());
        into.put("issue_updated", update.isDone());
        update.error().ifPresent(error -> into.put("issue_update_error", error));
        update.warning().ifPresent(warning -> into.put("issue_update_warning", warning));
    }

    static ObjectNode describe(StoredSession session, ObjectNode into) {
        TranscriptFacts facts = session.manifest().facts();
        into.put("session_id", session.manifest().sessionId().text());
        into.put("ref", session.ref().toString());
        into.put("key", session.manifest().key().orElse(null));
        session.manifest().continues().ifPresent(id -> into.put("continues", id.text()));
        into.put("title", facts.title().orElse(null));
        into.put("turns", facts.turns());
        into.put("bytes", session.manifest().size());
        into.put(
                "digest",
                session.manifest()
                        .entry(EntryName.TRANSCRIPT)
                        .map(entry -> entry.digest().hex())
                        .orElse(null));
        into.put("sealed", session.manifest().seal().isPresent());
        session.manifest().seal().ifPresent(seal -> seal.to().forEach(into.putArray("sealed_to")::add));
        into.put("saved_at", session.manifest().origin().savedAt().toString());
        into.put("source", session.manifest().origin().source());
        into.put("recorded_folder", facts.firstFolder().orElse(null));
        into.put("branch", facts.lastBranch().orElse(null));
        into.put("last_at", facts.lastAt().orElse(null));
        into.put("claude_version", facts.claudeVersion().orElse(null));
        return into;
    }
}
