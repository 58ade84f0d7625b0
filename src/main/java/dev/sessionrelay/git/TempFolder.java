package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.TemporaryFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder for what passes through, made when it is needed first; it ends with the process. */
public final class TempFolder {
    private @Nullable Path folder;

    public synchronized Path folder() throws IOException {
        if (folder == null) {
            folder = TemporaryFolder.make("git").path();
        }
        return folder;
    }

    public Path file() throws IOException {
        return Files.createTempFile(folder(), "", ".part");
    }

    /**
     * The error of a disk that is full, with the name of this folder: without one it would be taken for the store's.
     */
    IOException named(IOException error) throws IOException {
        return Failure.isFullDisk(error)
                ? new FileSystemException(folder().toString(), null, error.getMessage())
                : error;
    }
}
