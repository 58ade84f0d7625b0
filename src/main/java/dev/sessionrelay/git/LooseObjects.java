package dev.sessionrelay.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Writes objects as git does: one file each, under its name, complete when it appears. What a killed process leaves has
 * the name that git's own housekeeping looks for.
 */
record LooseObjects(GitFolder folder) {
    private static final int LEVEL = 2;

    ObjectId write(int type, long size, Remote.BlobContent content) throws IOException {
        Path beside = folder.objects().resolve("tmp_obj_" + UUID.randomUUID());
        try {
            ObjectId id = writeTo(beside, type, size, content);
            Path target = pathOf(id);
            if (!isThere(target)) {
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("r--r--r--"));
                folder.owner().take(beside);
                move(beside, target);
            }
            return id;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private Path pathOf(ObjectId id) {
        return folder.objects()
                .resolve(id.name().substring(0, 2))
                .resolve(id.name().substring(2));
    }

    /** One that nothing names may be old enough for git's housekeeping to remove it: it is needed from now on. */
    private static boolean isThere(Path object) throws IOException {
        try {
            Files.setLastModifiedTime(object, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException anothers) {
            return Files.exists(object);
        }
    }

    private void move(Path beside, Path target) throws IOException {
        while (true) {
            folder.make(target.getParent() == null ? folder.objects() : target.getParent());
            try {
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException e) {
                // git removes folders that are empty.
                if (!Files.exists(beside)) {
                    throw e;
                }
            }
        }
    }

    private static ObjectId writeTo(Path file, int type, long size, Remote.BlobContent content) throws IOException {
        MessageDigest name = ObjectName.begin(type, size);
        Deflater deflater = new Deflater(LEVEL);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            DeflaterOutputStream out = new DeflaterOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), deflater, 1 << 14);
            out.write((Constants.typeString(type) + " " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            NamingStream named = new NamingStream(out, name);
            content.writeTo(named);
            out.finish();
            out.flush();
            channel.force(true);
            if (named.count() != size) {
                throw new IOException("a file of " + size + " bytes turned out to have " + named.count());
            }
        } finally {
            deflater.end();
        }
        return ObjectId.fromRaw(name.digest());
    }
}
