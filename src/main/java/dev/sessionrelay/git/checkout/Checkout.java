package dev.sessionrelay.git.checkout;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The git checkout around a working folder, read from its files: no git is needed for its name and branch. */
public record Checkout(Path root, Optional<String> branch) {
    public static Optional<Checkout> around(Path folder) {
        return DotGit.above(folder).map(git -> new Checkout(Objects.requireNonNull(git.getParent()), branchIn(git)));
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
