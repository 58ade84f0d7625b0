package dev.sessionrelay.testing;

import dev.sessionrelay.io.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A payload in memory; its stream gives at most so many bytes at once, as a network would. */
public final class BytesPayload implements Payload {
    private final byte[] bytes;
    private final int atOnce;

    private BytesPayload(byte[] bytes, int atOnce) {
        this.bytes = bytes.clone();
        this.atOnce = atOnce;
    }

    public static BytesPayload of(byte[] bytes) {
        return new BytesPayload(bytes, Integer.MAX_VALUE);
    }

    public static BytesPayload of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public BytesPayload inChunksOf(int most) {
        return new BytesPayload(bytes, most);
    }

    public static byte[] read(Payload payload) throws IOException {
        return read(payload, 0);
    }

    public static byte[] read(Payload payload, long from) throws IOException {
        try (InputStream in = payload.open(from)) {
            return in.readAllBytes();
        }
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open(long from) {
        int start = (int) Math.min(from, bytes.length);
        return new ChunkedStream(new ByteArrayInputStream(bytes, start, bytes.length - start), atOnce);
    }
}
