package dev.sessionrelay.store.release;

import dev.sessionrelay.github.Call;
import dev.sessionrelay.io.Pending;
import dev.sessionrelay.io.file.TemporaryFolder;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.SessionArchive;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/** An archive that is being written while GitHub is asked for a place to put it. Its file goes at the end. */
final class ArchiveJob implements AutoCloseable {
    private final TemporaryFolder folder;
    private final Path file;
    private final FutureTask<Long> work;

    private ArchiveJob(TemporaryFolder folder, Bundle bundle) {
        this.folder = folder;
        this.file = folder.path().resolve("session.tar.gz");
        this.work = new FutureTask<>(() -> write(bundle, file));
    }

    static ArchiveJob begin(Bundle bundle) throws IOException {
        ArchiveJob packing = new ArchiveJob(TemporaryFolder.make("release"), bundle);
        Thread.ofPlatform().daemon().name("packing").start(packing.work);
        return packing;
    }

    private static long write(Bundle bundle, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            SessionArchive.write(bundle, out);
        }
        return Files.size(file);
    }

    /** Waits until it is whole. */
    Call.Body.OfFile body() throws IOException {
        return new Call.Body.OfFile(file, Pending.result(work), "application/gzip");
    }

    @Override
    public void close() {
        work.cancel(true);
        folder.close();
    }
}
