package dev.sessionrelay.disk;

import dev.sessionrelay.process.Ending;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for what passes through: only this user can enter it, and it goes when it is closed, at the latest with the
 * process. A process that is killed leaves it behind, often with a session in plain text: so each has a file in it that is
 * locked as long as its process lives, and the next process removes those whose lock is free.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "session-relay-";
    private static final String IN_USE = ".in-use";
    /** A folder that has no locked file yet, or never will where files cannot be locked. */
    private static final Duration BEGINNING = Duration.ofSeconds(10);

    private static final Duration ABANDONED = Duration.ofDays(2);
    /** A file's lock is this process's, and would be lost by opening and closing the file once more. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel inUse;
    private final Ending.Step atEnd;

    private TemporaryFolder(Path path, FileChannel inUse) {
        this.path = path;
        this.inUse = inUse;
        this.atEnd = Ending.with(this::remove);
    }

    /** @param what for people who come upon it */
    public static TemporaryFolder make(String what) throws IOException {
        Path path = Files.createTempDirectory(PREFIX + what + "-").toRealPath();
        OWN.add(path);
        FileChannel inUse =
                FileChannel.open(path.resolve(IN_USE), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        try {
            FileLock _ = inUse.lock();
        } catch (IOException withoutLocks) {
            // Then its age tells.
        }
        TemporaryFolder made = new TemporaryFolder(path, inUse);
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
        OWN.remove(path);
    }

    private static void removeQuietly(Path folder) {
        try {
            Below.remove(folder);
        } catch (IOException left) {
            // The next process tries again, and at last the system's own sweeping of such folders.
        }
    }

    /** Removes what killed processes of this user left behind. */
    private static void sweep(Path made) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(made.resolveSibling("."), PREFIX + "*")) {
            for (Path folder : all) {
                Path other = made.resolveSibling(folder.getFileName());
                if (!OWN.contains(other)
                        && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
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
        try (FileChannel channel = PlainFile.toLock(folder.resolve(IN_USE));
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException other) {
            // Another thread of this process is looking at it just now.
            return false;
        } catch (IOException | UnsupportedOperationException unlockable) {
            return isOlderThan(ABANDONED, folder);
        }
    }

    private static boolean isOlderThan(Duration age, Path folder) throws IOException {
        return Files.getLastModifiedTime(folder)
                .toInstant()
                .isBefore(Instant.now().minus(age));
    }
}
