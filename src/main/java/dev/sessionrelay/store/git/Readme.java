package dev.sessionrelay.store.git;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The page that a visitor of the branch sees. It is the same from save to save, so it is sent once. */
final class Readme {
    static final String FILE = "README.md";

    private Readme() {}

    static byte[] of(String repository, Optional<String> key) {
        String which = key.map(k -> "the thread `" + k.replace('`', '\'') + "`").orElse("one thread");
        String restore = "session-relay restore --store '" + GitRef.storeOf(repository) + "'"
                + key.map(k -> " --key '" + k.replace("'", "'\\''") + "'").orElse("");
        return """
                # Claude Code sessions of %s

                This branch is kept by Session Relay. It has no history in common with the code, and need not be merged.

                To go on with the latest session here:

                ```
                %s
                ```

                and then `claude --resume <id>`, as it prints. Each folder in `sessions` is one conversation:
                `manifest.json` says what it is about, `cat sessions/<id>/transcript/*` shows it. `keys` holds the id of
                the latest.
                """.formatted(which, restore).getBytes(StandardCharsets.UTF_8);
    }
}
