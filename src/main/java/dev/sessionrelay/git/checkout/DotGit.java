package dev.sessionrelay.git.checkout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sessionrelay.io.file.PlainFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * What git keeps beside a checkout, read from its files: no git is needed for it. A checkout is laid out by whoever
 * made it, so what is not a file, or larger than such a file ever is, is not read.
 *
 * @param own the folder of this checkout, which a linked worktree shares with nobody
 */
public record DotGit(Path own) {
    private static final String BRANCH = "ref: refs/heads/";
    private static final int LONGEST_LINE = 1 << 14;
    private static final int LARGEST_CONFIG = 1 << 20;
    private static final int LARGEST_INDEX = 1 << 28;

    /** @param git the folder or file {@code .git} of a checkout */
    public static DotGit of(Path git) throws IOException {
        // Of a worktree or a submodule it is a file, which names the real folder.
        return new DotGit(
                Files.isDirectory(git) ? git : git.resolveSibling(line(git).replaceFirst("^gitdir: *", "")));
    }

    /** The {@code .git} of the checkout around a folder. */
    static Optional<Path> above(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                return Optional.of(git);
            }
        }
        return Optional.empty();
    }

    private Path common() throws IOException {
        Path pointer = own.resolve("commondir");
        return Files.exists(pointer) ? own.resolve(line(pointer)) : own;
    }

    public Optional<String> branch() throws IOException {
        String head = line(own.resolve("HEAD"));
        return head.startsWith(BRANCH) ? Optional.of(head.substring(BRANCH.length())) : Optional.empty();
    }

    Config config() throws IOException, ConfigInvalidException {
        Config config = new Config();
        config.fromText(PlainFile.namedText(common().resolve("config"), LARGEST_CONFIG));
        return config;
    }

    /** In whatever letters it is written. */
    String configText() throws IOException {
        Path config = common().resolve("config");
        return Files.exists(config) ? new String(PlainFile.namedBytes(config, LARGEST_CONFIG), ISO_8859_1) : "";
    }

    byte[] index() throws IOException {
        return PlainFile.namedBytes(own.resolve("index"), LARGEST_INDEX);
    }

    private static String line(Path file) throws IOException {
        return PlainFile.namedText(file, LONGEST_LINE).strip();
    }
}
