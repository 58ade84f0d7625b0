package dev.sessionrelay.git;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Ends a connection that takes nothing any more: there is a time-out for reading, but none for writing. */
final class Watch implements AutoCloseable {
    private final Thread thread;
    private volatile boolean gaveUp;

    Watch(HttpURLConnection connection, Duration patience, AtomicLong sent) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                long before = -1;
                while (sent.get() != before) {
                    before = sent.get();
                    Thread.sleep(patience);
                }
                gaveUp = true;
                connection.disconnect();
            } catch (InterruptedException allSent) {
                // Nothing is left to watch.
            }
        });
    }

    boolean hasGivenUp() {
        return gaveUp;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
