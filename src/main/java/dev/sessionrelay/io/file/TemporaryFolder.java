package dev.sessionrelay.io.file;

import dev.sessionrelay.process.ShutdownSteps;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A folder for what passes through: only this user can enter it, and it goes when it is closed, at the latest with the
 * process. A process that is killed leaves it behind, often with a session in plain text: so each has a
 * {@link LivingFile} in it, and the next process removes those whose maker is gone.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "session-relay-";
    private static final String IN_USE = ".in-use";
    /** A folder that has no locked file yet, or never will where files cannot be locked. */
    private static final Duration BEGINNING = Duration.ofSeconds(10);

    private static final Duration ABANDONED = Duration.ofDays(2);
    private final Path path;
    private final LivingFile inUse;
    private final ShutdownSteps.Step atEnd;

    private TemporaryFolder(Path path, LivingFile inUse) {
        this.path = path;
        this.inUse = inUse;
        this.atEnd = ShutdownSteps.with(this::remove);
    }

    /** @param what for people who come upon it */
    public static TemporaryFolder make(String what) throws IOException {
        Path path = Files.createTempDirectory(PREFIX + what + "-").toRealPath();
        TemporaryFolder made = new TemporaryFolder(path, LivingFile.make(path.resolve(IN_USE)));
        sweep(path);
        return made;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        atEnd.close();
    }

    private void remove() {
        removeQuietly(path);
        try {
            inUse.close();
        } catch (IOException gone) {
            // With its folder.
        }
    }

    private static void removeQuietly(Path folder) {
        try {
            PathBelow.remove(folder);
        } catch (IOException left) {
            // The next process tries again, and at last the system's own sweeping of such folders.
        }
    }

    /** Removes what killed processes of this user left behind. */
    private static void sweep(Path made) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(made.resolveSibling("."), PREFIX + "*")) {
            for (Path folder : all) {
                Path other = made.resolveSibling(folder.getFileName());
                if (Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(other).equals(Files.getOwner(made))
                        && isLeft(other)) {
                    removeQuietly(other);
                }
            }
        } catch (IOException gone) {
            // Another process sweeps as well.
        }
    }

    private static boolean isLeft(Path folder) throws IOException {
        if (!isOlderThan(BEGINNING, folder)) {
            return false;
        }
        try {
            Optional<LivingFile> left = LivingFile.takeOver(folder.resolve(IN_USE));
            if (left.isPresent()) {
                left.get().close();
            }
            return left.isPresent();
        } catch (IOException untold) {
            return isOlderThan(ABANDONED, folder);
        }
    }

    private static boolean isOlderThan(Duration age, Path folder) throws IOException {
        return Files.getLastModifiedTime(folder)
                .toInstant()
                .isBefore(Instant.now().minus(age));
    }
}
