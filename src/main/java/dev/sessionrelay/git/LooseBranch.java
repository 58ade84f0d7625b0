package dev.sessionrelay.git;

import dev.sessionrelay.io.file.PlainFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** A branch of a repository on this disk, moved as git moves it: under the same locks, file by file. */
record LooseBranch(GitFolder folder, Repository repository, String name) {
    private static final int LARGEST_PACKED = 1 << 28;

    private static final String WHO = "Session Relay <relay@session-relay.invalid>";

    /** False when the branch is somewhere else, or another process holds it. */
    boolean move(ObjectId from, ObjectId to) throws IOException {
        Path file = folder.file(name);
        Optional<RefLock> taken = RefLock.take(folder, file);
        if (taken.isEmpty()) {
            return false;
        }
        try (RefLock lock = taken.get()) {
            if (!now().equals(from)) {
                return false;
            }
            if (!to.equals(ObjectId.zeroId())) {
                note(from, to);
                lock.commit(to);
                return true;
            }
            if (!unpack()) {
                return false;
            }
            Files.deleteIfExists(folder.file("logs/" + name));
            Files.deleteIfExists(file);
        }
        removeEmptyFoldersAbove(file);
        removeEmptyFoldersAbove(folder.file("logs/" + name));
        return true;
    }

    private ObjectId now() throws IOException {
        Ref ref = repository.getRefDatabase().exactRef(name);
        return ref == null || ref.getObjectId() == null ? ObjectId.zeroId() : ref.getObjectId();
    }

    /** git's record of where a branch was, where a repository keeps one. */
    private void note(ObjectId from, ObjectId to) throws IOException {
        Path log = folder.file("logs/" + name);
        boolean isKept = repository
                .getConfig()
                .getBoolean(ConfigConstants.CONFIG_CORE_SECTION, "logallrefupdates", !repository.isBare());
        if (!isKept && !Files.isRegularFile(log)) {
            return;
        }
        folder.make(Objects.requireNonNull(log.getParent()));
        String line = from.name() + " " + to.name() + " " + WHO + " "
                + Instant.now().getEpochSecond() + " +0000\tsession-relay\n";
        Files.writeString(log, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        folder.owner().take(log);
    }

    /** Takes the branch out of the file in which git collects those that rarely move. */
    private boolean unpack() throws IOException {
        Path packed = folder.file(Constants.PACKED_REFS);
        if (!Files.exists(packed)) {
            return true;
        }
        Optional<RefLock> taken = RefLock.take(folder, packed);
        if (taken.isEmpty()) {
            return false;
        }
        try (RefLock lock = taken.get()) {
            byte[] before = PlainFile.namedBytes(packed, LARGEST_PACKED);
            byte[] after = without(before);
            if (after.length < before.length) {
                lock.commit(after);
            }
        } catch (NoSuchFileException gone) {
            return true;
        }
        return true;
    }

    /** Line by line, as bytes; a line that begins with {@code ^} belongs to the one before it. */
    private byte[] without(byte[] packed) {
        byte[] ending = (" " + name).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream rest = new ByteArrayOutputStream(packed.length);
        boolean isLeftOut = false;
        for (int start = 0; start < packed.length; ) {
            int end = start;
            while (end < packed.length && packed[end] != '\n') {
                end++;
            }
            isLeftOut = packed[start] == '^' ? isLeftOut : endsWith(packed, start, end, ending);
            int next = Math.min(packed.length, end + 1);
            if (!isLeftOut) {
                rest.write(packed, start, next - start);
            }
            start = next;
        }
        return rest.toByteArray();
    }

    private static boolean endsWith(byte[] text, int start, int end, byte[] ending) {
        return end - start == Constants.OBJECT_ID_STRING_LENGTH + ending.length
                && java.util.Arrays.equals(text, end - ending.length, end, ending, 0, ending.length);
    }

    private void removeEmptyFoldersAbove(Path file) throws IOException {
        Path top = folder.file(Constants.R_HEADS);
        Path logs = folder.file("logs/" + Constants.R_HEADS);
        for (Path at = Objects.requireNonNull(file.getParent());
                !at.equals(top) && !at.equals(logs) && at.startsWith(folder.inside());
                at = Objects.requireNonNull(at.getParent())) {
            try {
                Files.deleteIfExists(at);
            } catch (DirectoryNotEmptyException inUse) {
                return;
            }
        }
    }
}
