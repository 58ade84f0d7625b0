package dev.sessionrelay.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/** The git checkout around the working folder: where it was cloned from, and which branch it is on. */
public record NearCheckout(Optional<String> originUrl, Optional<String> branch) {
    private static final NearCheckout NONE = new NearCheckout(Optional.empty(), Optional.empty());
    private static final String BRANCH = "ref: refs/heads/";

    public static NearCheckout of(Path folder) {
        try {
            for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
                Path git = at.resolve(".git");
                if (Files.exists(git)) {
                    return read(git);
                }
            }
        } catch (IOException | ConfigInvalidException | InvalidPathException e) {
            return NONE;
        }
        return NONE;
    }

    private static NearCheckout read(Path git) throws IOException, ConfigInvalidException {
        Path own = git;
        if (Files.isRegularFile(git)) {
            // A worktree or a submodule: the file names the real folder.
            own = git.resolveSibling(text(git).replaceFirst("^gitdir: *", ""));
        }
        Path common = own;
        if (Files.exists(own.resolve("commondir"))) {
            common = own.resolve(text(own.resolve("commondir")));
        }
        Config config = new Config();
        config.fromText(Files.readString(common.resolve("config"), StandardCharsets.UTF_8));
        String head = text(own.resolve("HEAD"));
        return new NearCheckout(
                Optional.ofNullable(config.getString("remote", "origin", "url")),
                head.startsWith(BRANCH) ? Optional.of(head.substring(BRANCH.length())) : Optional.empty());
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
}
