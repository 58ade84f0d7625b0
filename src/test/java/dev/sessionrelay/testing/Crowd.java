package dev.sessionrelay.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many who do something at the very same time. */
public final class Crowd {
    private static final long PATIENCE_SECONDS = 60;

    private final int size;

    private Crowd(int size) {
        this.size = size;
    }

    public static Crowd of(int size) {
        return new Crowd(size);
    }

    /** What each of them does, by its number. */
    @FunctionalInterface
    public interface Work {
        void run(int number) throws Exception;
    }

    /** Returns when all are done; what one of them throws is thrown here. */
    public void run(Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(size);
        ExecutorService threads =
                Executors.newFixedThreadPool(size, Thread.ofPlatform().daemon().factory());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    start.await();
                    work.run(number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
