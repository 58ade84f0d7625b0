package dev.sessionrelay.git;

import dev.sessionrelay.io.file.PlainFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** One object as it stands in a pack: type and size in the first bytes, then the deflated content. */
final class PackedObject {
    /** A little larger than the usual level, in a third of the time; hosts pack anew anyway. */
    private static final int LEVEL = 2;

    private PackedObject() {}

    /** @return the object's name, which is a digest of what it is and holds */
    static ObjectId write(int type, long size, Remote.BlobContent content, OutputStream out) throws IOException {
        MessageDigest name = ObjectName.begin(type, size);
        writeHeader(type, size, out);
        Deflater deflater = new Deflater(LEVEL);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 1 << 14);
            NamingStream counted = new NamingStream(deflated, name);
            content.writeTo(counted);
            deflated.finish();
            if (counted.count() != size) {
                throw new IOException("a file of " + size + " bytes turned out to have " + counted.count());
            }
        } finally {
            deflater.end();
        }
        return ObjectId.fromRaw(name.digest());
    }

    /** Four bits of the size beside the type, seven in each byte that follows. */
    private static void writeHeader(int type, long size, OutputStream out) throws IOException {
        long rest = size >>> 4;
        int first = type << 4 | (int) (size & 0xF);
        out.write(rest == 0 ? first : first | 0x80);
        while (rest != 0) {
            int seven = (int) (rest & 0x7F);
            rest >>>= 7;
            out.write(rest == 0 ? seven : seven | 0x80);
        }
    }

    /** Holds little in memory and much on disk. */
    static final class Spill extends OutputStream {
        private static final int MOST_IN_MEMORY = 1 << 20;

        private final TempFolder scratch;
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable Path file;
        private @Nullable OutputStream disk;

        Spill(TempFolder scratch) {
            this.scratch = scratch;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            memory.write(bytes, offset, length);
            if (memory.size() >= MOST_IN_MEMORY) {
                if (disk == null) {
                    file = scratch.file();
                    disk = Files.newOutputStream(file);
                }
                memory.writeTo(disk);
                memory.reset();
            }
        }

        void moveTo(OutputStream out) throws IOException {
            if (disk != null && file != null) {
                disk.close();
                try (InputStream in = PlainFile.open(file)) {
                    in.transferTo(out);
                }
            }
            memory.writeTo(out);
        }

        void discard() throws IOException {
            if (disk != null && file != null) {
                disk.close();
                Files.deleteIfExists(file);
            }
        }
    }
}
