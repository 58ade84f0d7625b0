package dev.sessionrelay.store.git.wire;

import dev.sessionrelay.disk.PlainFile;
import dev.sessionrelay.disk.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * git's lock of a file, {@code <file>.lock}, which becomes the file. git cannot tell who left such a lock behind; here it
 * can be told: the lock is a second name of a file in a folder of ours, and that file is locked by the system for as long as
 * its process lives. So a lock of ours whose process was killed is known for certain, and removed; another's never is.
 */
final class RefLock implements AutoCloseable {
    private static final String FOLDER = "session-relay-locks";
    private static final long PATIENCE = 500;
    private static final long STEP = 20;
    /** The system's lock would be lost when this process opened and closed its file once more. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path lock;
    private final Path ours;
    private final FileChannel channel;
    private boolean isHeld = true;

    private RefLock(Path file, Path lock, Path ours, FileChannel channel) {
        this.file = file;
        this.lock = lock;
        this.ours = ours;
        this.channel = channel;
    }

    static Path lockOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    /** Empty when somebody else holds it, and goes on to. */
    static Optional<RefLock> take(GitFolder folder, Path file) throws IOException {
        Path locks = folder.inside().resolve(FOLDER);
        long end = System.nanoTime() + PATIENCE * 1_000_000;
        while (true) {
            folder.make(locks);
            sweep(folder);
            Optional<RefLock> taken =
                    tryOnce(folder, locks.resolve(UUID.randomUUID().toString()), file);
            if (taken.isPresent() || System.nanoTime() > end) {
                return taken;
            }
            pause();
        }
    }

    private static Optional<RefLock> tryOnce(GitFolder folder, Path ours, Path file) throws IOException {
        OWN.add(ours);
        FileChannel channel = FileChannel.open(ours, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        RefLock taken = new RefLock(file, lockOf(file), ours, channel);
        boolean isTaken = false;
        try {
            lockAsLongAsThisLives(channel);
            folder.owner().take(ours);
            folder.make(Objects.requireNonNull(file.getParent()));
            isTaken = link(taken.lock, ours);
            return isTaken ? Optional.of(taken) : Optional.empty();
        } finally {
            if (!isTaken) {
                taken.isHeld = false;
                taken.close();
            }
        }
    }

    private static void lockAsLongAsThisLives(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException withoutLocks) {
            // What is left behind here then stays until a person removes it.
        }
    }

    private static boolean link(Path lock, Path ours) throws IOException {
        try {
            Files.createLink(lock, ours);
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException held) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
            return create(lock, withoutLinks);
        }
    }

    private static boolean create(Path lock, Exception withoutLinks) throws IOException {
        if (withoutLinks instanceof FileSystemException error
                && String.valueOf(error.getReason()).contains("space")) {
            throw error;
        }
        try {
            Files.createFile(lock);
            return true;
        } catch (FileAlreadyExistsException held) {
            return false;
        }
    }

    /** Removes what killed processes of ours left: their locks, as long as these still are theirs. */
    static void sweep(GitFolder folder) throws IOException {
        Path locks = folder.inside().resolve(FOLDER);
        if (!Files.isDirectory(locks)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(locks)) {
            for (Path left : files) {
                if (!OWN.contains(left)) {
                    removeWhenDead(left, folder);
                }
            }
        }
    }

    private static void removeWhenDead(Path left, GitFolder folder) throws IOException {
        try (FileChannel channel = PlainFile.toLock(left)) {
            if (channel.tryLock() != null) {
                for (Path lock : folder.locks()) {
                    if (areOne(left, lock)) {
                        Files.deleteIfExists(lock);
                    }
                }
                Files.deleteIfExists(left);
            }
        } catch (NoSuchFileException | OverlappingFileLockException alive) {
            // It is gone, or in use.
        } catch (FileSystemException unchangeable) {
            // Another user's, or on a disk that cannot be written.
        } catch (IOException unlockable) {
            // Where nothing can be locked, nothing is known to be left.
        }
    }

    private static boolean areOne(Path one, Path other) throws IOException {
        try {
            return key(one).equals(key(other));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static Object key(Path file) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    /** The file gets this content, or what the lock's holder already wrote beside it; and the lock is gone. */
    void commit(byte[] content) throws IOException {
        channel.write(ByteBuffer.wrap(content));
        channel.force(true);
        if (!areOne(ours, lock)) {
            Files.write(lock, content);
        }
        removeEmptyFolders(file);
        Files.move(lock, file, StandardCopyOption.ATOMIC_MOVE);
        isHeld = false;
        PrivateFolder.flush(Objects.requireNonNull(file.getParent()));
    }

    void commit(ObjectId id) throws IOException {
        commit((id.name() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Branches that are gone leave folders behind, which may have the name of a new one. */
    private static void removeEmptyFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> below = Files.newDirectoryStream(folder)) {
            for (Path one : below) {
                removeEmptyFolders(one);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (isHeld) {
                Files.deleteIfExists(lock);
            }
            Files.deleteIfExists(ours);
        } finally {
            OWN.remove(ours);
        }
    }
}
