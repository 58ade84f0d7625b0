package dev.sessionrelay.action.home;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.transcript.SessionId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * How this container reaches the config folder of the Claude Code that runs in the job's other steps. The flows get a
 * {@link ClaudeHome} that is the real one, or a local copy of what they need of it.
 */
public sealed interface RunnerHome extends Closeable permits SharedHome, DockerClaudeHome {

    /** A home to place this session in: it holds what the working folder's project has of it. */
    ClaudeHome toRestore(SessionId id) throws IOException;

    /** A home to search: it holds the transcripts of the working folder's project that were written since then. */
    ClaudeHome toSearch(Instant since) throws IOException;

    /** A home to take this session from, whatever folder claude was started in. */
    ClaudeHome toSave(SessionId id) throws IOException;

    /** Makes what was placed in the home appear where Claude Code looks. */
    void deliver() throws IOException;

    /** What the job's steps call a file in the home. */
    String there(Path file);

    /** For the log: where the home is and how it is reached. */
    String describe();

    @Override
    void close() throws IOException;
}
