package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of a runner that the job's code lies in. Whoever opens a pull request, or pushes to a branch, decides what
 * it holds, so that nothing in it can say whom to trust. On a person's own machine there is none: people know what they
 * have checked out.
 */
public record Workspace(Optional<Path> folder) {

    public static Workspace of(Map<String, String> environment) {
        return new Workspace(
                isRunner(environment)
                        ? Optional.of(environment.getOrDefault("GITHUB_WORKSPACE", ""))
                                .filter(folder -> folder.startsWith("/"))
                                .map(Path::of)
                        : Optional.empty());
    }

    public static boolean isRunner(Map<String, String> environment) {
        return "true".equals(environment.get("GITHUB_ACTIONS"));
    }

    /** Whether the way to a file leads through the workspace, or through another checkout, wherever that lies. */
    public boolean decides(Path file) {
        if (folder.isEmpty()) {
            return false;
        }
        try {
            return LinkWalk.to(file).steps().stream().anyMatch(step -> isFolder(step) || isCheckout(step));
        } catch (IOException e) {
            // What cannot be followed to its end is nobody's word.
            return true;
        }
    }

    /** By the folder itself: it may have several names, by letters' case or by being mounted twice. */
    private boolean isFolder(Path step) {
        Path own = folder.orElseThrow();
        try {
            return step.equals(own.normalize()) || (Files.isDirectory(step) && Files.isSameFile(step, own));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isCheckout(Path step) {
        return Files.exists(step.resolve(".git"));
    }
}
