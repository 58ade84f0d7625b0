package dev.sessionrelay.store.git.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells an error of the connection from one of whoever reads from it. */
final class Received extends FilterInputStream {
    private final Pace pace;

    Received(InputStream in, Pace pace) {
        super(in);
        this.pace = pace;
    }

    @Override
    public int read() throws Broken {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws Broken {
        long began = System.nanoTime();
        try {
            int some = in.read(bytes, offset, length);
            pace.received(Math.max(0, some), System.nanoTime() - began);
            return some;
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    @Override
    public void close() {
        // Left to the connection: closing here would wait for all that a broken answer still sends.
    }
}
