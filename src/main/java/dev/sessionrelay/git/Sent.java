package dev.sessionrelay.git;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Tells an error of the connection from one of what is written to it. */
final class Sent extends FilterOutputStream {
    private final AtomicLong count;

    Sent(OutputStream out, AtomicLong count) {
        super(out);
        this.count = count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws ConnectionFailure {
        try {
            out.write(bytes, offset, length);
            count.addAndGet(length);
        } catch (IOException e) {
            throw new ConnectionFailure(e);
        }
    }

    @Override
    public void close() throws ConnectionFailure {
        try {
            out.close();
        } catch (IOException e) {
            throw new ConnectionFailure(e);
        }
    }
}
