package dev.sessionrelay.store.folder;

import dev.sessionrelay.io.Parallel;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PrivateFolder;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.session.SegmentBytes;
import dev.sessionrelay.store.folder.FolderLayout.SegmentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Writes those parts of a payload that are not there yet, several at once: most of the time goes into waiting for
 * the disk.
 */
record PartWriter(Payload payload, Owner owner) {
    private static final int WRITERS = 4;

    /** The number of bytes that were missing. */
    long writeMissing(List<SegmentFile> parts) throws IOException {
        List<SegmentFile> missing = parts.stream().filter(PartWriter::isMissing).toList();
        if (missing.isEmpty()) {
            return 0;
        }
        Path folder = missing.getFirst().folder();
        PrivateFolder.make(folder, owner);
        List<Callable<Long>> work =
                missing.stream().<Callable<Long>>map(part -> () -> write(part)).toList();
        List<Long> written = Parallel.run(WRITERS, work);
        PrivateFolder.flush(folder);
        return written.stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isMissing(SegmentFile part) {
        return part.file().toFile().length() != part.segment().size() || !Files.isRegularFile(part.file());
    }

    private long write(SegmentFile part) throws IOException {
        WholeFile.writeOneOfMany(part.file(), owner, new SegmentBytes(payload, part.segment(), part.offset())::writeTo);
        return part.segment().size();
    }
}
