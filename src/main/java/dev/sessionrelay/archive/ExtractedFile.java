package dev.sessionrelay.archive;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a file of an archive is written to. A full disk is no damage of the archive, and is said to be what it is. */
public record ExtractedFile(Path file, OutputStream out) implements AutoCloseable {

    /** @param file empty for what is not kept */
    public static ExtractedFile to(Optional<Path> file) {
        if (file.isEmpty()) {
            return new ExtractedFile(Path.of(""), OutputStream.nullOutputStream());
        }
        try {
            return new ExtractedFile(file.get(), Files.newOutputStream(file.get()));
        } catch (IOException e) {
            throw failed(file.get(), e);
        }
    }

    public void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static Failure failed(Path file, IOException e) {
        return Failure.ofDisk("unpack a session", file, e);
    }
}
