package dev.sessionrelay.store.folder;

import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer at a time in one store: the file's lock keeps out other processes (and is gone with a process that dies),
 * the other one the threads of this process, which share file locks.
 */
final class CommitLock implements AutoCloseable {
    private static final ConcurrentMap<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final ReentrantLock inProcess;
    private final FileChannel channel;
    private final FileLock lock;

    private CommitLock(ReentrantLock inProcess, FileChannel channel, FileLock lock) {
        this.inProcess = inProcess;
        this.channel = channel;
        this.lock = lock;
    }

    static CommitLock take(Path file, Owner owner) throws IOException {
        PrivateFile.make(file, owner);
        ReentrantLock inProcess = HERE.computeIfAbsent(file.toRealPath(), f -> new ReentrantLock());
        inProcess.lock();
        try {
            FileChannel channel = PlainFile.toLock(file.toRealPath());
            try {
                return new CommitLock(inProcess, channel, channel.lock());
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            inProcess.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            inProcess.unlock();
        }
    }
}
