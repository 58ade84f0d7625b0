package dev.sessionrelay.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The beginning of one payload, and behind it the rest of another. */
public record Joined(Payload one, long oneTo, Payload other, long otherFrom) implements Payload {
    @Override
    public long size() {
        return oneTo + other.size() - otherFrom;
    }

    @Override
    public InputStream open(long from) throws IOException {
        if (from >= oneTo) {
            return other.open(otherFrom + from - oneTo);
        }
        List<ChainedStream.Part> parts = new ArrayList<>();
        parts.add(() -> new Beginning(one.open(from), oneTo - from));
        parts.add(() -> other.open(otherFrom));
        return new ChainedStream(parts.iterator());
    }

    private static final class Beginning extends InputStream {
        private final InputStream in;
        private long left;

        Beginning(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
