package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Claude Code's config folder: {@code ~/.claude}, or where {@code CLAUDE_CONFIG_DIR} says.
 *
 * @param projectName the one folder that Claude Code uses for every project here, when the environment names one
 */
public record ClaudeHome(Path root, Optional<String> projectName) {
    private static final Pattern PROJECT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public static ClaudeHome at(Path root) {
        return new ClaudeHome(root.toAbsolutePath().normalize(), Optional.empty());
    }

    /** Finds the config folder as Claude Code does, unless one is given. It need not exist yet. */
    public static ClaudeHome find(Optional<Path> given, Map<String, String> environment) {
        if (given.isPresent()) {
            return at(given.get());
        }
        Optional<String> configured = variable(environment, "CLAUDE_CONFIG_DIR");
        if (configured.isPresent()) {
            // Claude Code reads the project's name only where the config folder is named too.
            Optional<String> project = variable(environment, "CLAUDE_CODE_PROJECT_DIR_NAME")
                    .filter(name -> PROJECT_NAME.matcher(name).matches());
            return new ClaudeHome(Path.of(configured.get()).toAbsolutePath().normalize(), project);
        }
        String home = variable(environment, "HOME")
                .orElseThrow(() -> Failure.badInput(
                        "cannot tell where Claude Code keeps its sessions: neither CLAUDE_CONFIG_DIR nor HOME is set",
                        "name the folder with --claude-home"));
        return at(Path.of(home, ".claude"));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    public boolean exists() {
        return Files.isDirectory(projects());
    }

    public Path projects() {
        return root.resolve("projects");
    }

    public Path plans() {
        return root.resolve("plans");
    }

    public Path tasksOf(SessionId id) {
        return root.resolve("tasks").resolve(id.text());
    }

    /** Where the sessions of a working folder lie. */
    public Path projectOf(Path realFolder) {
        return projects().resolve(projectName.orElseGet(() -> ProjectFolder.nameOf(realFolder.toString())));
    }

    public List<Path> allProjects() {
        List<Path> found = new ArrayList<>();
        if (exists()) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(projects(), Files::isDirectory)) {
                folders.forEach(found::add);
            } catch (IOException e) {
                throw Failure.ofDisk("look through Claude Code's projects", projects(), e);
            }
        }
        found.sort(null);
        return found;
    }
}
