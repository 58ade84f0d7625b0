package dev.sessionrelay.io.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where something is made before it takes its place in a folder: beside it. When root makes it for another user it is
 * in a room that only root may enter, for whoever can exchange a file before it is given away is given another one.
 *
 * <p>A killed process leaves its room, and only root can remove it. So each has a {@link LivingFile} in it, and the
 * next process removes at once those whose maker is gone.
 */
final class Workshop implements Closeable {
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_ROOT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String ROOM = ".room-";
    private static final String IN_USE = "in-use";
    private static final String WORK = "work";
    private static final int TRIES = 20;

    private final Path folder;
    private final @Nullable WorkRoom room;

    private Workshop(Path folder, @Nullable WorkRoom room) {
        this.folder = folder;
        this.room = room;
    }

    static Workshop in(Path folder, Owner owner) throws IOException {
        if (!owner.isAnothersUser()) {
            return new Workshop(folder, null);
        }
        try (HeldFolder around = HeldFolder.here(folder)) {
            for (int tries = 1; ; tries++) {
                Optional<WorkRoom> made = WorkRoom.in(folder, around);
                if (made.isPresent()) {
                    return new Workshop(folder, made.get());
                }
                if (tries == TRIES) {
                    throw new FileSystemException(folder.toString(), null, "what is made in it is removed at once");
                }
            }
        } catch (FileSystemException e) {
            throw WholeFile.naming(folder, e);
        }
    }

    /** Where to make what is to be called so. */
    Path placeOf(Path target) throws IOException {
        return room == null
                ? folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + WholeFile.SUFFIX)
                : room.inside.path().resolve(WORK);
    }

    @Override
    public void close() throws IOException {
        if (room != null) {
            room.close();
        }
    }

    static boolean isRoom(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(ROOM) && name.endsWith(WholeFile.SUFFIX);
    }

    /** Removes the rooms in the folder that were left; a help, and no more. */
    static void sweepIn(Path folder) {
        try (DirectoryStream<Path> rooms = Files.newDirectoryStream(folder, ROOM + "*" + WholeFile.SUFFIX)) {
            for (Path room : rooms) {
                WorkRoom.removeIfLeft(folder, room);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // What cannot be looked through cannot be swept.
        }
    }

    /** A folder of root's alone. */
    private record WorkRoom(Path path, HeldFolder inside, LivingFile inUse) implements Closeable {

        /** Empty when another process took it for one that was left, since it was not locked yet. */
        static Optional<WorkRoom> in(Path folder, HeldFolder around) throws IOException {
            String name = ROOM + UUID.randomUUID() + WholeFile.SUFFIX;
            Files.createDirectory(folder.resolve(name), ONLY_ROOT);
            Optional<HeldFolder> inside = entered(around, name);
            return inside.isEmpty() ? Optional.empty() : locked(folder.resolve(name), inside.get());
        }

        private static Optional<HeldFolder> entered(HeldFolder around, String name) throws IOException {
            try {
                return Optional.of(around.enter(name));
            } catch (NoSuchFileException swept) {
                return Optional.empty();
            }
        }

        private static Optional<WorkRoom> locked(Path path, HeldFolder inside) throws IOException {
            boolean isMade = false;
            try {
                if (!inside.isRootsAlone()) {
                    throw new AccessDeniedException(path.toString());
                }
                Path file = inside.path().resolve(IN_USE);
                LivingFile inUse = LivingFile.make(file);
                isMade = inUse.isAt(file);
                if (isMade) {
                    return Optional.of(new WorkRoom(path, inside, inUse));
                }
                inUse.close();
            } catch (NoSuchFileException swept) {
                // As when it is swept a moment later.
            } finally {
                if (!isMade) {
                    inside.close();
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() throws IOException {
            try (inside;
                    inUse) {
                Files.deleteIfExists(inside.path().resolve(IN_USE));
            }
            Files.deleteIfExists(path);
        }

        static void removeIfLeft(Path folder, Path path) {
            try (HeldFolder around = HeldFolder.here(folder);
                    HeldFolder inside = around.enter(String.valueOf(path.getFileName()))) {
                if (inside.isRootsAlone()) {
                    empty(inside, path);
                    // An empty one may be about to be used: then its maker makes another.
                    Files.deleteIfExists(path);
                }
            } catch (IOException | DirectoryIteratorException inUse) {
                // Or not to be removed by this user.
            }
        }

        private static void empty(HeldFolder inside, Path path) throws IOException {
            Path file = inside.path().resolve(IN_USE);
            try {
                Optional<LivingFile> left = LivingFile.takeOver(file);
                if (left.isPresent()) {
                    try (LivingFile _ = left.get()) {
                        removeAllIn(inside, file);
                    }
                }
            } catch (IOException untold) {
                // There is none yet, or no more; or files cannot be locked here.
                if (WholeFile.isOld(path)) {
                    removeAllIn(inside, file);
                }
            }
        }

        private static void removeAllIn(HeldFolder inside, Path inUse) throws IOException {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(inside.path())) {
                for (Path one : all) {
                    if (!one.equals(inUse)) {
                        Files.deleteIfExists(one);
                    }
                }
            }
            Files.deleteIfExists(inUse);
        }
    }
}
