package dev.sessionrelay.store.release;

import dev.sessionrelay.io.Pending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls that do not wait for one another: a save is mostly waiting. */
final class ParallelCalls {
    private static final int AT_ONCE = 6;

    private ParallelCalls() {}

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
                results.add(Pending.result(one));
            }
            return results;
        }
    }
}
