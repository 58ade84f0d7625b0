package dev.sessionrelay.store.git.wire;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A folder for what passes through: only this user can enter it, and it ends with the process. */
public final class Scratch {
    private static final String PREFIX = "session-relay-git-";
    private static final Duration ABANDONED = Duration.ofDays(2);

    private @Nullable Path folder;

    public synchronized Path folder() throws IOException {
        if (folder == null) {
            Path made = Files.createTempDirectory(PREFIX);
            folder = made;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> removeQuietly(made)));
            sweep(made);
        }
        return folder;
    }

    public Path file() throws IOException {
        return Files.createTempFile(folder(), "", ".part");
    }

    /** The error of a disk that is full, with the name of this folder: without one it would be taken for the store's. */
    IOException named(IOException error) throws IOException {
        return Failure.isFullDisk(error)
                ? new FileSystemException(folder().toString(), null, error.getMessage())
                : error;
    }

    /** Removes what killed processes left behind long ago. */
    private static void sweep(Path made) throws IOException {
        Instant longAgo = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(made.resolveSibling("."), PREFIX + "*")) {
            for (Path leftover : leftovers) {
                boolean old = Files.getLastModifiedTime(leftover).toInstant().isBefore(longAgo);
                if (old && Files.getOwner(leftover).equals(Files.getOwner(made))) {
                    removeQuietly(leftover);
                }
            }
        } catch (NoSuchFileException gone) {
            // Another process sweeps as well.
        }
    }

    private static void removeQuietly(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            // The system's own sweeping of temporary files takes it.
        }
    }
}
