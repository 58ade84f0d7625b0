package dev.sessionrelay.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The git checkout around a working folder, read from its files: no git is needed for its name and branch. */
public record Checkout(Path root, Optional<String> branch) {
    private static final String BRANCH = "ref: refs/heads/";

    public static Optional<Checkout> around(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                return Optional.of(new Checkout(at, branchIn(git)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> branchIn(Path git) {
        try {
            Path folder = git;
            if (Files.isRegularFile(git)) {
                // A worktree or a submodule: the file names the real folder.
                String line = Files.readString(git, StandardCharsets.UTF_8).strip();
                folder = git.resolveSibling(line.replaceFirst("^gitdir: *", ""));
            }
            String head = Files.readString(folder.resolve("HEAD"), StandardCharsets.UTF_8)
                    .strip();
            return head.startsWith(BRANCH) ? Optional.of(head.substring(BRANCH.length())) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    public String name() {
        Path last = root.getFileName();
        return last == null ? "checkout" : last.toString();
    }
}
