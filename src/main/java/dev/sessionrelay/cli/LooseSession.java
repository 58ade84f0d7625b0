package dev.sessionrelay.cli;

import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.ClaudeHome;
import dev.sessionrelay.claude.ProjectFolder;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A transcript that lies anywhere, laid out for a moment as Claude Code would have it. */
record LooseSession(Path root, ClaudeHome home, Path folder) implements AutoCloseable {

    static LooseSession layOut(SessionId id, Path transcript) {
        if (!Files.isRegularFile(transcript)) {
            throw Failure.badInput("there is no file " + transcript, "name the session's transcript");
        }
        try {
            Path root = Files.createTempDirectory("session-relay-loose").toRealPath();
            Path folder = Files.createDirectory(root.resolve("project"));
            Path project = root.resolve("claude/projects/" + ProjectFolder.nameOf(folder.toString()));
            Files.createDirectories(project);
            Files.copy(transcript, project.resolve(id + ".jsonl"));
            return new LooseSession(root, ClaudeHome.at(root.resolve("claude")), folder);
        } catch (IOException e) {
            throw Failure.ofDisk("read the session", transcript, e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw Failure.ofDisk("clean up", root, e);
        }
    }
}
