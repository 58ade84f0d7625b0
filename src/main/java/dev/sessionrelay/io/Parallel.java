package dev.sessionrelay.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Several pieces of work, a few of them at a time. */
public final class Parallel {
    private Parallel() {}

    /** The results in the order of the work; what goes wrong first, seen in that order, ends the rest. */
    public static <T> List<T> run(int most, List<? extends Callable<T>> work) throws IOException {
        List<T> results = new ArrayList<>();
        if (work.size() == 1 || most == 1) {
            // That needs no other thread.
            for (Callable<T> piece : work) {
                FutureTask<T> only = new FutureTask<>(piece);
                only.run();
                results.add(Pending.result(only));
            }
            return results;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.clamp(work.size(), 1, most))) {
            List<Future<T>> running = new ArrayList<>();
            work.forEach(piece -> running.add(pool.submit(piece)));
            try {
                for (Future<T> one : running) {
                    results.add(Pending.result(one));
                }
            } finally {
                running.forEach(one -> one.cancel(true));
            }
        }
        return results;
    }
}
