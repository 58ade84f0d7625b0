package dev.sessionrelay.cli;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.TemporaryFolder;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A transcript that lies anywhere, laid out for a moment as Claude Code would have it. */
record TemporarySession(TemporaryFolder root, ClaudeHome home, Path folder) implements AutoCloseable {

    static TemporarySession layOut(SessionId id, Path transcript) {
        if (!Files.isRegularFile(transcript)) {
            throw Failure.badInput("there is no file " + transcript, "name the session's transcript");
        }
        try {
            TemporaryFolder made = TemporaryFolder.make("loose");
            Path root = made.path();
            Path folder = Files.createDirectory(root.resolve("project"));
            Path project = root.resolve("claude/projects/" + ProjectFolder.nameOf(folder.toString()));
            Files.createDirectories(project);
            try (InputStream in = PlainFile.openNamed(transcript)) {
                Files.copy(in, project.resolve(id + ".jsonl"));
            }
            return new TemporarySession(made, ClaudeHome.at(root.resolve("claude")), folder);
        } catch (IOException e) {
            throw Failure.ofDisk("read the session", transcript, e);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
