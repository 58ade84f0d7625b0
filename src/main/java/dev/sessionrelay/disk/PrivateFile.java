package dev.sessionrelay.disk;

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

    private PrivateFile() {}

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
