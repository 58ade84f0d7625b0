package dev.sessionrelay.git;

import dev.sessionrelay.io.Parallel;
import dev.sessionrelay.io.file.PlainFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * New objects on their way into a pack. Files are compressed as they are read, on all processors, into one file on
 * disk; so a push that has to be repeated compresses nothing twice, and memory does not grow with the session.
 */
final class PackOutbox implements Remote.Outbox {
    private static final int HEADER = 12;
    private static final int TRAILER = 20;
    private static final int VERSION = 2;

    private final TempFolder scratch;
    private final Path files;
    private final ByteArrayOutputStream small = new ByteArrayOutputStream();
    private int fileCount;
    private int smallCount;
    private long fileBytes;
    private long fileContent;
    private long smallContent;

    PackOutbox(TempFolder scratch) throws IOException {
        this.scratch = scratch;
        this.files = scratch.file();
    }

    @Override
    public List<ObjectId> addFiles(List<Remote.NewFile> added) throws IOException {
        List<Callable<ObjectId>> work = added.stream()
                .<Callable<ObjectId>>map(file -> () -> addFile(file))
                .toList();
        return Parallel.run(Runtime.getRuntime().availableProcessors(), work);
    }

    private ObjectId addFile(Remote.NewFile file) throws IOException {
        PackedObject.Spill spill = new PackedObject.Spill(scratch);
        try {
            ObjectId id = PackedObject.write(Constants.OBJ_BLOB, file.size(), file.content(), spill);
            synchronized (this) {
                fileContent += file.size();
                try (OutputStream out = Files.newOutputStream(files, StandardOpenOption.APPEND)) {
                    spill.moveTo(out);
                }
                fileCount++;
                fileBytes = Files.size(files);
            }
            return id;
        } catch (IOException e) {
            throw scratch.named(e);
        } finally {
            spill.discard();
        }
    }

    @Override
    public ObjectId add(int type, byte[] content) throws IOException {
        smallCount++;
        smallContent += content.length;
        return PackedObject.write(type, content.length, out -> out.write(content), small);
    }

    @Override
    public void startOver() {
        small.reset();
        smallCount = 0;
        smallContent = 0;
    }

    @Override
    public long bytes() {
        return fileContent + smallContent;
    }

    long packSize() {
        return isEmpty() ? 0 : HEADER + fileBytes + small.size() + TRAILER;
    }

    private boolean isEmpty() {
        return fileCount + smallCount == 0;
    }

    void writePack(OutputStream target) throws IOException {
        if (isEmpty()) {
            return;
        }
        MessageDigest digest = ObjectName.counter();
        OutputStream out = new BufferedOutputStream(new DigestOutputStream(target, digest), 1 << 16);
        out.write("PACK".getBytes(StandardCharsets.US_ASCII));
        writeInt(out, VERSION);
        writeInt(out, fileCount + smallCount);
        small.writeTo(out);
        try (InputStream in = PlainFile.open(files)) {
            in.transferTo(out);
        }
        out.flush();
        target.write(digest.digest());
    }

    private static void writeInt(OutputStream out, int value) throws IOException {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(files);
    }
}
