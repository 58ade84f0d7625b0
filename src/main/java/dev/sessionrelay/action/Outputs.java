package dev.sessionrelay.action;

import dev.sessionrelay.action.runner.FileCommands;
import dev.sessionrelay.action.runner.Output;
import dev.sessionrelay.store.BrowserLinks;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.util.EnumMap;
import java.util.Map;

/** What the step tells the steps after it. Every output is written, those without a value as an empty text. */
final class Outputs {
    private final Map<Output, String> values = new EnumMap<>(Output.class);

    void set(Output output, Object value) {
        values.put(output, value.toString());
    }

    String get(Output output) {
        return values.getOrDefault(output, "");
    }

    /** @param file as later steps see it */
    void setSession(SessionId id, String file) {
        set(Output.SESSION_ID, id);
        set(Output.SESSION_FILE, file);
        set(Output.CLAUDE_ARGS, "--resume " + id);
        set(Output.RESUME_COMMAND, "claude --resume " + id);
    }

    /** @param ref as later steps would write it */
    void setStored(StoredSession stored, String ref, BrowserLinks links) {
        set(Output.REF, ref);
        set(Output.BYTES, stored.manifest().size());
        set(Output.DIGEST, stored.manifest().transcript().digest());
        set(Output.URL, links.url());
        set(Output.BRANCH, links.branch());
        set(Output.COMMIT, links.commit());
        set(Output.GIST_ID, links.gistId());
        set(Output.GIST_URL, links.gistId().isEmpty() ? "" : links.url());
    }

    void writeTo(FileCommands files) {
        for (Output output : Output.values()) {
            files.output(output.inYaml(), get(output));
        }
    }
}
