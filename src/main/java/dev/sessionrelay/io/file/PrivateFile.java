package dev.sessionrelay.io.file;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read. */
public final class PrivateFile {
    static final FileAttribute<Set<PosixFilePermission>> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int ALL = 0777;
    private static final int OF_OTHERS = 077;

    private PrivateFile() {}

    /**
     * Refuses a private key that others may read, as ssh does: it is not known any more who has it.
     *
     * @param what how the file was named, for the message
     */
    public static void requireClosed(Path file, String what) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        int mode = (int) Files.getAttribute(file, "unix:mode") & ALL;
        String user = System.getProperty("user.name");
        boolean isOurs = "root".equals(user) || Files.getOwner(file).getName().equals(user);
        if (isOurs && (mode & OF_OTHERS) != 0) {
            throw Failure.notAllowed(
                    "%s can be read by others (its mode is %04o), and is not used".formatted(what, mode),
                    "`chmod 600` it; if somebody may have read it, make a new key");
        }
    }

    /** Makes an empty file unless there is one. */
    public static void make(Path file, Owner owner) throws IOException {
        try {
            Files.createFile(file, ONLY_OWNER);
        } catch (FileAlreadyExistsException fine) {
            // Another process made it first, and may have been killed before it gave it away.
        }
        owner.take(file);
    }
}
