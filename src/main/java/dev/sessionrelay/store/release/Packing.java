package dev.sessionrelay.store.release;

import dev.sessionrelay.bundle.Awaited;
import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.SessionArchive;
import dev.sessionrelay.disk.TemporaryFolder;
import dev.sessionrelay.github.Call;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/** An archive that is being written while GitHub is asked for a place to put it. Its file goes at the end. */
final class Packing implements AutoCloseable {
    private final TemporaryFolder folder;
    private final Path file;
    private final FutureTask<Long> work;

    private Packing(TemporaryFolder folder, Bundle bundle) {
        this.folder = folder;
        this.file = folder.path().resolve("session.tar.gz");
        this.work = new FutureTask<>(() -> write(bundle, file));
    }

    static Packing begin(Bundle bundle) throws IOException {
        Packing packing = new Packing(TemporaryFolder.make("release"), bundle);
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
        return new Call.Body.OfFile(file, Awaited.result(work), "application/gzip");
    }

    @Override
    public void close() {
        work.cancel(true);
        folder.close();
    }
}
