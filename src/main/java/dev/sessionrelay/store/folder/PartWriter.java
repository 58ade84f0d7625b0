package dev.sessionrelay.store.folder;

import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.SegmentBytes;
import dev.sessionrelay.disk.Owner;
import dev.sessionrelay.disk.PrivateFolder;
import dev.sessionrelay.disk.WholeFile;
import dev.sessionrelay.store.folder.Layout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes those parts of a payload that are not there yet, on as many cores as there are: counting digests and waiting for
 * the disk go on at once.
 */
record PartWriter(Payload payload, Owner owner) {

    /** The number of bytes that were missing. */
    long writeMissing(List<Part> parts) throws IOException {
        List<Part> missing = parts.stream().filter(PartWriter::isMissing).toList();
        if (missing.isEmpty()) {
            return 0;
        }
        PrivateFolder.make(missing.getFirst().folder(), owner);
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        missing.parallelStream().forEach(part -> write(part, failures));
        switch (failures.peek()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
        return missing.stream().mapToLong(part -> part.segment().size()).sum();
    }

    private static boolean isMissing(Part part) {
        return part.file().toFile().length() != part.segment().size() || !Files.isRegularFile(part.file());
    }

    /** After a failure no part is begun any more. Those that are being written are waited for, so that they clean up. */
    private void write(Part part, Queue<Exception> failures) {
        if (failures.isEmpty()) {
            try {
                WholeFile.write(part.file(), owner, new SegmentBytes(payload, part.segment(), part.offset())::writeTo);
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }
    }
}
