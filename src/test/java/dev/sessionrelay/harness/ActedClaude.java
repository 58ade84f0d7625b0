package dev.sessionrelay.harness;

import java.io.IOException;
import java.util.UUID;

/** Plays Claude Code in a step: adds a turn to a session where the real one would, as whom the real one would. */
final class ActedClaude {
    private static final String SCRIPT = """
            umask 077
            folder=${CLAUDE_CONFIG_DIR:-$HOME/.claude}/projects/$(pwd | sed 's/[^A-Za-z0-9]/-/g')
            mkdir -p "$folder"
            turn() {
              printf '{"parentUuid":null,"isSidechain":false,"type":"%s","message":{"role":"%s","content":"%s"},' "$1" "$1" "$2"
              printf '"timestamp":"%s","cwd":"%s",' "$(date -u +%FT%T.%3NZ)" "$(pwd)"
              printf '"sessionId":"%s","version":"2.1.240","uuid":"%s"}\\n' "$ID" "$3"
            }
            { turn user "$SAID" "$FIRST"; turn assistant "I heard it" "$SECOND"; } >>"$folder/$ID.jsonl"
            echo "session_id=$ID" >>"$GITHUB_OUTPUT"
            """;

    private ActedClaude() {}

    /** @param said written into JSON as it is */
    static StepResult hears(RunnerJob job, String sessionId, String said) throws IOException {
        StepResult result = job.step("claude")
                .env("ID", sessionId)
                .env("SAID", said)
                .env("FIRST", UUID.randomUUID().toString())
                .env("SECOND", UUID.randomUUID().toString())
                .shell(SCRIPT)
                .run();
        if (!result.succeeded()) {
            throw new AssertionError(result.told());
        }
        return result;
    }
}
