package dev.sessionrelay.bundle;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A range of a file, which may grow meanwhile but must not become shorter. */
public final class RangeStream extends InputStream {
    private final Path file;
    private final InputStream in;
    private long left;

    public RangeStream(Path file, long from, long to) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        this.file = file;
        this.in = Channels.newInputStream(channel.position(from));
        this.left = to - from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw Failure.conflict(
                    file + " was rewritten while it was read",
                    "run this again when Claude Code has finished: nothing was changed");
        }
        left -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
