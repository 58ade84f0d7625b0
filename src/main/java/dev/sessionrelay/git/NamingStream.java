package dev.sessionrelay.git;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Learns the name of the object that passes, and how many bytes it has. */
final class NamingStream extends FilterOutputStream {
    private final MessageDigest name;
    private long count;

    NamingStream(OutputStream out, MessageDigest name) {
        super(out);
        this.name = name;
    }

    long count() {
        return count;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        name.update(bytes, offset, length);
        count += length;
        out.write(bytes, offset, length);
    }
}
