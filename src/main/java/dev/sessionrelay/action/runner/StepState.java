package dev.sessionrelay.action.runner;

import dev.sessionrelay.store.Key;
import dev.sessionrelay.transcript.SessionId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What the step that restored leaves for the one that saves. The rest is asked for again then, since the workflow may
 * only know it by then: the session's id above all.
 *
 * @param begun when restoring began: sessions that are newer were made by this job
 * @param restored the session that was restored
 */
public record StepState(Instant begun, Optional<Key> key, Optional<SessionId> restored) {
    private static final String BEGUN = "relay_begun";
    private static final String MODE = "relay_mode";
    private static final String KEY = "relay_key";
    private static final String RESTORED = "relay_restored";

    /** Said first of all, so that the second call knows what it is even when the first one fails. */
    public static void recordBegun(FileCommands files, StepMode mode, Instant now) {
        files.state(MODE, mode.name());
        files.state(BEGUN, now.toString());
    }

    public static void recordKey(FileCommands files, Key key) {
        files.state(KEY, key.text());
    }

    public static void recordRestored(FileCommands files, SessionId id) {
        files.state(RESTORED, id.text());
    }

    /** Which mode the first call had; empty when this is the first call. */
    public static Optional<StepMode> modeBefore(ActionContext runner) {
        return runner.variable("STATE_" + MODE).map(StepMode::valueOf);
    }

    public static StepState read(ActionContext runner) {
        return new StepState(
                runner.variable("STATE_" + BEGUN).flatMap(StepState::instant).orElse(Instant.EPOCH),
                runner.variable("STATE_" + KEY).map(Key::new),
                runner.variable("STATE_" + RESTORED).flatMap(SessionId::in));
    }

    public static StepState none() {
        return new StepState(Instant.EPOCH, Optional.empty(), Optional.empty());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
