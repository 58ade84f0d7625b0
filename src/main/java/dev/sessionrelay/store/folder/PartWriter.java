package dev.sessionrelay.store.folder;

import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.disk.Owner;
import dev.sessionrelay.disk.PrivateFolder;
import dev.sessionrelay.disk.WholeFile;
import dev.sessionrelay.store.folder.Layout.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

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
        try {
            missing.parallelStream().forEach(this::write);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return missing.stream().mapToLong(part -> part.segment().size()).sum();
    }

    private static boolean isMissing(Part part) {
        return part.file().toFile().length() != part.segment().size() || !Files.isRegularFile(part.file());
    }

    private void write(Part part) {
        try {
            WholeFile.write(part.file(), owner, new SegmentContent(payload, part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
