package dev.sessionrelay.cli;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The packaged sample session, laid out for a moment as if Claude Code had recorded it in a folder of its own. */
record Sample(TemporaryFolder root, ClaudeHome home, Path folder) implements AutoCloseable {
    private static final String ID = "5e55104e-1a7e-4000-8000-000000000001";

    static Sample layOut() {
        try {
            TemporaryFolder made = TemporaryFolder.make("sample");
            Path root = made.path();
            Path folder = Files.createDirectory(root.resolve("project"));
            Path project = root.resolve("claude/projects/" + ProjectFolder.nameOf(folder.toString()));
            Files.createDirectories(project);
            try (InputStream in = Sample.class.getResourceAsStream("/dev/sessionrelay/sample/" + ID + ".jsonl")) {
                Files.copy(Objects.requireNonNull(in), project.resolve(ID + ".jsonl"));
            }
            return new Sample(made, ClaudeHome.at(root.resolve("claude")), folder);
        } catch (IOException e) {
            throw Failure.ofDisk(
                    "lay out the sample session", Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
