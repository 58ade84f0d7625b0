package dev.sessionrelay.io.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a machine keeps what it has to remember, as the XDG base directories have it. */
public final class StateFolder {
    private StateFolder() {}

    public static Optional<Path> of(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        Optional<Path> base = state.startsWith("/")
                ? Optional.of(Path.of(state))
                : Optional.of(home).filter(text -> text.startsWith("/")).map(text -> Path.of(text, ".local", "state"));
        return base.map(path -> path.resolve("session-relay"));
    }
}
