package dev.sessionrelay.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real {@code git}, in one folder, with nobody's settings. */
public final class GitCommand {
    private final Path folder;

    private GitCommand(Path folder) {
        this.folder = folder;
    }

    public static GitCommand in(Path folder) {
        return new GitCommand(folder);
    }

    /** Makes an empty repository as hosts have it: without a work tree, and with partial fetches allowed. */
    public static Path bare(Path folder) throws IOException {
        GitCommand.in(folder.getParent()).run("init", "-q", "--bare", "-b", "main", folder.toString());
        GitCommand.in(folder).run("config", "uploadpack.allowFilter", "true");
        GitCommand.in(folder).run("config", "receive.fsckObjects", "true");
        return folder;
    }

    /** What it prints. It has to succeed. */
    public String run(String... arguments) throws IOException {
        return new String(bytes(arguments), StandardCharsets.UTF_8);
    }

    public byte[] bytes(String... arguments) throws IOException {
        return feed("", arguments);
    }

    /** Runs it with this on its standard input. */
    public byte[] feed(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_AUTHOR_NAME", "A U Thor",
                        "GIT_AUTHOR_EMAIL", "author@example.com",
                        "GIT_COMMITTER_NAME", "A U Thor",
                        "GIT_COMMITTER_EMAIL", "author@example.com"));
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return out.toByteArray();
    }
}
