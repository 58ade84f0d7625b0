package dev.sessionrelay.archive;

import dev.sessionrelay.io.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes files into a tar that every tar reads: ustar, with a pax record where a name or a size needs one. */
public final class TarWriter implements AutoCloseable {
    public static final int RECORD = 512;
    private static final int LONGEST_NAME = 100;
    private static final long LARGEST = 0_77777777777L;

    private final OutputStream out;
    private final Instant time;

    public TarWriter(OutputStream out, Instant time) {
        this.out = out;
        this.time = time;
    }

    public void add(String name, long size, InputStream content) throws IOException {
        byte[] plain = name.getBytes(StandardCharsets.UTF_8);
        boolean needsPax = plain.length > LONGEST_NAME || plain.length != name.length() || size > LARGEST;
        if (needsPax) {
            byte[] records = (pax("path", name) + (size > LARGEST ? pax("size", String.valueOf(size)) : ""))
                    .getBytes(StandardCharsets.UTF_8);
            header("pax/" + Digest.of(plain).hex().substring(0, 16), records.length, 'x');
            out.write(records);
            pad(records.length);
        }
        String shown = needsPax ? "long/" + Digest.of(plain).hex().substring(0, 16) : name;
        header(shown, Math.min(size, LARGEST), '0');
        copy(content, size);
        pad(size);
    }

    /** A record of the form "length key=value\n", whose length counts its own digits. */
    private static String pax(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int whole = length + String.valueOf(length).length();
        if (length + String.valueOf(whole).length() != whole) {
            whole++;
        }
        return whole + rest;
    }

    private void header(String name, long size, char type) throws IOException {
        byte[] header = new byte[RECORD];
        text(header, 0, name);
        text(header, 100, "0000600");
        text(header, 108, "0000000");
        text(header, 116, "0000000");
        text(header, 124, "%011o".formatted(size));
        text(header, 136, "%011o".formatted(Math.max(0, time.getEpochSecond())));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        text(header, 257, "ustar");
        text(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        text(header, 148, "%06o".formatted(sum));
        header[154] = 0;
        out.write(header);
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private void copy(InputStream content, long size) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("a file became shorter while it was read");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((RECORD - size % RECORD) % RECORD)]);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write(new byte[2 * RECORD]);
        }
    }
}
