package dev.sessionrelay.action.runner;

import java.util.Locale;

/** The outputs, as action.yml lists them. */
public enum Output {
    RESTORED,
    SAVED,
    SESSION_ID,
    SESSION_FILE,
    CLAUDE_ARGS,
    RESUME_COMMAND,
    KEY,
    MATCHED_KEY,
    REF,
    STORE,
    URL,
    BRANCH,
    COMMIT,
    GIST_ID,
    GIST_URL,
    BYTES,
    BYTES_SENT,
    DIGEST,
    CONFLICT,
    ISSUE_UPDATED,
    ISSUE_UPDATE_ERROR;

    public String inYaml() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
