package dev.sessionrelay.git.checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The git checkout around a working folder, read from its files: no git is needed for its name and branch. */
public record Checkout(Path root, Optional<String> branch) {
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
            return DotGit.of(git).branch();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    public String name() {
        Path last = root.getFileName();
        return last == null ? "checkout" : last.toString();
    }
}
