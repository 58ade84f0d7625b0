package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Folders that only their owner may enter. */
public final class PrivateFolder {
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFolder() {}

    /**
     * Makes the folder and whatever is missing above it; what exists is left as it is. A folder appears when it
     * belongs to its owner: one of root's would, after a kill, keep the user out for ever.
     */
    public static void make(Path folder, Owner owner) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            make(above, owner);
        }
        if (owner.isAnothersUser()) {
            makeForAnother(folder, Objects.requireNonNull(above), owner);
            return;
        }
        // Always the same name, so that the next run goes on with what a killed one has left.
        Path beside = folder.toAbsolutePath().resolveSibling("." + folder.getFileName() + WholeFile.SUFFIX);
        try {
            makeUnlessThere(beside);
            owner.take(beside);
            moveTo(folder, beside);
        } catch (IOException e) {
            if (Files.isDirectory(beside, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(beside);
            }
            // Another process may have been faster.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void makeForAnother(Path folder, Path above, Owner owner) throws IOException {
        try (Workshop workshop = Workshop.in(above, owner)) {
            Path made = workshop.placeOf(folder);
            Files.createDirectory(made, ONLY_OWNER);
            try {
                owner.take(made);
                Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            } finally {
                Files.deleteIfExists(made);
            }
        }
    }

    private static void moveTo(Path folder, Path made) throws IOException {
        try {
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw WholeFile.naming(folder, e);
        }
    }

    private static void makeUnlessThere(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, ONLY_OWNER);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        } catch (FileSystemException e) {
            throw WholeFile.naming(Objects.requireNonNull(folder.getParent()), e);
        }
    }

    /** Makes renames in the folder last through a loss of power. */
    public static void flush(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
