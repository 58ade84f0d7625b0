package dev.sessionrelay.git.checkout;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;

/** The git checkout around the working folder: where it was cloned from, and which branch it is on. */
public record NearCheckout(Optional<String> originUrl, Optional<String> branch) {
    private static final NearCheckout NONE = new NearCheckout(Optional.empty(), Optional.empty());

    public static NearCheckout of(Path folder) {
        try {
            Optional<Path> git = DotGit.above(folder);
            return git.isPresent() ? read(git.get()) : NONE;
        } catch (IOException | ConfigInvalidException | InvalidPathException e) {
            return NONE;
        }
    }

    private static NearCheckout read(Path git) throws IOException, ConfigInvalidException {
        DotGit near = DotGit.of(git);
        return new NearCheckout(Optional.ofNullable(near.config().getString("remote", "origin", "url")), near.branch());
    }
}
