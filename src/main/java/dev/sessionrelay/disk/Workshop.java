package dev.sessionrelay.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where something is made before it takes its place in a folder: beside it. When root makes it for another user it is a
 * folder that only root may enter, for whoever can exchange a file before it is given away is given another one.
 */
final class Workshop implements Closeable {
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_ROOT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final Path room;
    private final @Nullable HeldFolder inside;

    private Workshop(Path folder, Path room, @Nullable HeldFolder inside) {
        this.folder = folder;
        this.room = room;
        this.inside = inside;
    }

    static Workshop in(Path folder, Owner owner) throws IOException {
        if (!owner.isAnothersUser()) {
            return new Workshop(folder, folder, null);
        }
        String name = "." + UUID.randomUUID() + WholeFile.SUFFIX;
        try (HeldFolder around = HeldFolder.here(folder)) {
            Path room = folder.resolve(name);
            Files.createDirectory(room, ONLY_ROOT);
            HeldFolder inside = around.enter(name);
            if (!inside.isRootsAlone()) {
                inside.close();
                throw new AccessDeniedException(folder.toString());
            }
            return new Workshop(folder, room, inside);
        } catch (FileSystemException e) {
            throw WholeFile.naming(folder, e);
        }
    }

    /** Where to make what is to be called so. */
    Path placeOf(Path target) throws IOException {
        return inside == null
                ? folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + WholeFile.SUFFIX)
                : inside.path().resolve(Objects.requireNonNull(target.getFileName()));
    }

    @Override
    public void close() throws IOException {
        if (inside != null) {
            inside.close();
            Files.deleteIfExists(room);
        }
    }

    /** Removes one that was left, and what is in it. */
    static void remove(Path folder, Path room) throws IOException {
        try (HeldFolder around = HeldFolder.here(folder);
                HeldFolder inside = around.enter(String.valueOf(room.getFileName()));
                DirectoryStream<Path> left = Files.newDirectoryStream(inside.path())) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(room);
    }
}
