package dev.sessionrelay.store.release;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls that do not wait for one another: a save is mostly waiting. */
final class Together {
    private static final int AT_ONCE = 6;

    private Together() {}

    /** The results in the order of the calls; the first failure where one fails, when all have ended. */
    static <T> List<T> run(List<? extends Callable<? extends T>> calls) throws IOException {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<T>> all = new ArrayList<>();
            for (Callable<? extends T> call : calls) {
                all.add(threads.submit(call::call));
            }
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** What went wrong, for whoever waits for it. */
    static IOException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException failure -> failure;
            case RuntimeException failure -> throw failure;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
