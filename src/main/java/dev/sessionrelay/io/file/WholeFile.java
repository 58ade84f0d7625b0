package dev.sessionrelay.io.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A file written beside its place, flushed, and renamed into it. A reader, a kill or a full disk meets the old file or
 * the new one, never a part.
 */
public final class WholeFile {
    static final String SUFFIX = ".relay-tmp";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private WholeFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface FileContent {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Asked when the new file is complete and before it takes the place of the old one. */
    @FunctionalInterface
    public interface LastLook {
        void before() throws IOException;
    }

    public static void write(Path target, Owner owner, FileContent content) throws IOException {
        write(target, owner, content, () -> {});
    }

    public static void write(Path target, Owner owner, FileContent content, LastLook lastLook) throws IOException {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        put(target, owner, content, lastLook);
        PrivateFolder.flush(folder);
    }

    /** The same for one of many, whose folder is flushed when all are there: a loss of power may take its name away. */
    public static void writeOneOfMany(Path target, Owner owner, FileContent content) throws IOException {
        put(target, owner, content, () -> {});
    }

    private static void put(Path target, Owner owner, FileContent content, LastLook lastLook) throws IOException {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        try (Workshop workshop = Workshop.in(folder, owner)) {
            put(target, workshop.placeOf(target), owner, content, lastLook);
        }
    }

    private static void put(Path target, Path beside, Owner owner, FileContent content, LastLook lastLook)
            throws IOException {
        try {
            try (FileChannel channel = create(beside, target);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                if (channel.size() > 0) {
                    channel.force(true);
                }
            }
            owner.take(beside);
            lastLook.before();
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static FileChannel create(Path beside, Path target) throws IOException {
        try {
            return FileChannel.open(
                    beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFile.ONLY_OWNER);
        } catch (FileSystemException e) {
            throw naming(Objects.requireNonNull(target.toAbsolutePath().getParent()), e);
        }
    }

    /** The same error, but of the folder: it tells a person more than the name of a file that never was. */
    static FileSystemException naming(Path folder, FileSystemException error) {
        if (error instanceof AccessDeniedException) {
            return new AccessDeniedException(folder.toString());
        }
        return error.getReason() == null ? error : new FileSystemException(folder.toString(), null, error.getReason());
    }

    /** Removes what a killed run may have left in the folder: files when they are old. */
    public static void sweep(Path folder) throws IOException {
        Workshop.sweepIn(folder);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
            for (Path leftover : leftovers) {
                if (!Workshop.isRoom(leftover) && isOld(leftover)) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    /** Whether nobody has written the file for so long that nobody will; not, when it is gone. */
    public static boolean isOld(Path file) throws IOException {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            return changed.toInstant().isBefore(Instant.now().minus(ABANDONED));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
