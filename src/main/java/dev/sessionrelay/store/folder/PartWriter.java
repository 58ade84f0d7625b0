package dev.sessionrelay.store.folder;

import dev.sessionrelay.bundle.AtOnce;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.SegmentBytes;
import dev.sessionrelay.disk.Owner;
import dev.sessionrelay.disk.PrivateFolder;
import dev.sessionrelay.disk.WholeFile;
import dev.sessionrelay.store.folder.Layout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Writes those parts of a payload that are not there yet, several at once: most of the time goes into waiting for the disk. */
record PartWriter(Payload payload, Owner owner) {
    private static final int WRITERS = 4;

    /** The number of bytes that were missing. */
    long writeMissing(List<Part> parts) throws IOException {
        List<Part> missing = parts.stream().filter(PartWriter::isMissing).toList();
        if (missing.isEmpty()) {
            return 0;
        }
        Path folder = missing.getFirst().folder();
        PrivateFolder.make(folder, owner);
        List<Callable<Long>> work =
                missing.stream().<Callable<Long>>map(part -> () -> write(part)).toList();
        List<Long> written = AtOnce.run(WRITERS, work);
        PrivateFolder.flush(folder);
        return written.stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isMissing(Part part) {
        return part.file().toFile().length() != part.segment().size() || !Files.isRegularFile(part.file());
    }

    private long write(Part part) throws IOException {
        WholeFile.writeOneOfMany(part.file(), owner, new SegmentBytes(payload, part.segment(), part.offset())::writeTo);
        return part.segment().size();
    }
}
