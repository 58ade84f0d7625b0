package dev.sessionrelay.git;

import dev.sessionrelay.io.file.LivingFile;
import dev.sessionrelay.io.file.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.lib.ObjectId;

/**
 * git's lock of a file, {@code <file>.lock}, which becomes the file. git cannot tell who left such a lock behind; here
 * it can be told: the lock is a second name of a file in a folder of ours, and that file is locked by the system for
 * as long as its process lives. So a lock of ours whose process was killed is known for certain, and removed;
 * another's never is.
 */
final class RefLock implements AutoCloseable {
    private static final String FOLDER = "session-relay-locks";
    private static final long PATIENCE = 500;
    private static final long STEP = 20;

    private final Path file;
    private final Path lock;
    private final Path ours;
    private final LivingFile living;
    private boolean isHeld = true;

    private RefLock(Path file, Path lock, Path ours, LivingFile living) {
        this.file = file;
        this.lock = lock;
        this.ours = ours;
        this.living = living;
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
        RefLock taken = new RefLock(file, lockOf(file), ours, LivingFile.make(ours));
        boolean isTaken = false;
        try {
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

    /**
     * Removes what killed processes of ours left: folders without a name, and locks as long as these still are
     * theirs.
     */
    static void sweep(GitFolder folder) throws IOException {
        folder.sweep();
        Path locks = folder.inside().resolve(FOLDER);
        if (!Files.isDirectory(locks)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(locks)) {
            for (Path left : files) {
                removeWhenDead(left, folder);
            }
        }
    }

    private static void removeWhenDead(Path left, GitFolder folder) throws IOException {
        try {
            Optional<LivingFile> dead = LivingFile.takeOver(left);
            if (dead.isPresent()) {
                try (LivingFile _ = dead.get()) {
                    remove(dead.get(), left, folder);
                }
            }
        } catch (IOException untold) {
            // Gone; or another user's; or on a disk that cannot be written, or where nothing can be locked.
        }
    }

    private static void remove(LivingFile dead, Path left, GitFolder folder) throws IOException {
        for (Path lock : folder.locks()) {
            if (dead.isAt(lock)) {
                Files.deleteIfExists(lock);
            }
        }
        Files.deleteIfExists(left);
    }

    /** The file gets this content, or what the lock's holder already wrote beside it; and the lock is gone. */
    void commit(byte[] content) throws IOException {
        living.channel().write(ByteBuffer.wrap(content));
        living.channel().force(true);
        if (!living.isAt(lock)) {
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
        try (living) {
            if (isHeld) {
                Files.deleteIfExists(lock);
            }
            Files.deleteIfExists(ours);
        }
    }
}
