package dev.sessionrelay.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Stretches of other payloads, read one behind the other. */
public final class SplicedPayload implements Payload {
    private final List<Piece> pieces = new ArrayList<>();
    private long size;

    private record Piece(Payload payload, long from, long to) {
        long length() {
            return to - from;
        }

        InputStream open(long skip) throws IOException {
            return new PayloadStretch(payload.open(from + skip), length() - skip);
        }
    }

    /** A few bytes of our own. */
    private record InlineText(String ascii) implements Payload {
        @Override
        public long size() {
            return ascii.length();
        }

        @Override
        public InputStream open(long from) {
            return new ByteArrayInputStream(ascii.substring((int) from).getBytes(StandardCharsets.US_ASCII));
        }
    }

    public SplicedPayload add(Payload payload, long from, long to) {
        if (from < to) {
            Piece last = pieces.isEmpty() ? null : pieces.getLast();
            if (last != null && last.payload().equals(payload) && last.to() == from) {
                pieces.removeLast();
                pieces.add(new Piece(payload, last.from(), to));
            } else {
                pieces.add(new Piece(payload, from, to));
            }
            size += to - from;
        }
        return this;
    }

    public SplicedPayload add(String ascii) {
        return add(new InlineText(ascii), 0, ascii.length());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open(long from) {
        List<ChainedStream.StreamPart> parts = new ArrayList<>();
        long skip = from;
        for (Piece piece : pieces) {
            if (skip >= piece.length()) {
                skip -= piece.length();
                continue;
            }
            long skipped = skip;
            parts.add(() -> piece.open(skipped));
            skip = 0;
        }
        return new ChainedStream(parts.iterator());
    }

    private static final class PayloadStretch extends BlockStream {
        private final InputStream in;
        private long left;

        PayloadStretch(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("a transcript became shorter while it was read");
            }
            left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
