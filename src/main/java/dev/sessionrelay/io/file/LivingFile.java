package dev.sessionrelay.io.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file that the system keeps locked for as long as the process lives that made it, however that ends and in whatever
 * container it runs. So others know for certain what it stands for: something in use, or something that was left.
 */
public final class LivingFile implements Closeable {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    /** The system's lock would be lost when this process opened and closed the file once more, by whatever name. */
    private static final Set<Object> OWN = new HashSet<>();

    private final FileChannel channel;
    private final Object key;

    private LivingFile(FileChannel channel, Object key) {
        this.channel = channel;
        this.key = key;
    }

    /** Makes the file. Before it is locked another process may take it for one that was left, and remove it. */
    public static LivingFile make(Path file) throws IOException {
        LivingFile made;
        synchronized (OWN) {
            made = opened(file, FileChannel.open(file, NEW));
        }
        try {
            made.channel.lock();
        } catch (IOException withoutLocks) {
            // Then only its age tells.
        }
        return made;
    }

    /**
     * Empty while its maker lives. Else nobody else takes it over until this is closed.
     *
     * @throws NoSuchFileException when there is none
     * @throws IOException where files cannot be locked, or this one not by this user
     */
    public static Optional<LivingFile> takeOver(Path file) throws IOException {
        synchronized (OWN) {
            if (OWN.contains(keyOf(file))) {
                return Optional.empty();
            }
            LivingFile found = opened(file, PlainFile.toLock(file));
            try {
                if (found.channel.tryLock() != null) {
                    return Optional.of(found);
                }
            } catch (OverlappingFileLockException e) {
                // Held by something else in this process.
            } catch (IOException e) {
                found.close();
                throw e;
            }
            found.close();
            return Optional.empty();
        }
    }

    private static LivingFile opened(Path file, FileChannel channel) throws IOException {
        try {
            Object key = keyOf(file);
            OWN.add(key);
            return new LivingFile(channel, key);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Object keyOf(Path file) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey(),
                "every file of this system has a number");
    }

    /** Whether this file, and not another, still has that name. */
    public boolean isAt(Path name) throws IOException {
        try {
            return keyOf(name).equals(key);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** For what is written into it. */
    public FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        synchronized (OWN) {
            OWN.remove(key);
            channel.close();
        }
    }
}
