package dev.sessionrelay.action.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a tar: ustar, with a pax record before an entry whose name or size does not fit. */
final class TarOutput {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final long MOST_OF_OCTAL = 0x1_FFFF_FFFFL;

    private final OutputStream out;

    TarOutput(OutputStream out) {
        this.out = out;
    }

    void folder(TarEntry folder) throws IOException {
        head(folder, folder.name() + "/", '5');
    }

    /** @param content must hold as many bytes as the entry says */
    void file(TarEntry file, InputStream content) throws IOException {
        head(file, file.name(), '0');
        long left = file.size();
        byte[] buffer = new byte[1 << 16];
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException(file.name() + " became shorter while it was read");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        pad(file.size());
    }

    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void head(TarEntry entry, String name, char type) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        String records = (bytes.length > LONGEST_NAME ? record("path", name) : "")
                + (entry.size() > MOST_OF_OCTAL ? record("size", Long.toString(entry.size())) : "");
        if (!records.isEmpty()) {
            byte[] pax = records.getBytes(StandardCharsets.UTF_8);
            header(entry, "PaxHeaders/entry".getBytes(StandardCharsets.US_ASCII), pax.length, 'x');
            out.write(pax);
            pad(pax.length);
        }
        header(entry, bytes, entry.size(), type);
    }

    private void header(TarEntry entry, byte[] name, long size, char type) throws IOException {
        byte[] block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, LONGEST_NAME));
        put(block, 100, octal(entry.mode(), 7));
        put(block, 108, octal(entry.uid(), 7));
        put(block, 116, octal(entry.gid(), 7));
        put(block, 124, octal(Math.min(size, MOST_OF_OCTAL), 11));
        put(block, 136, octal(entry.modified().getEpochSecond(), 11));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, octal(sum, 6) + "\0 ");
        out.write(block);
    }

    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int all = length + Integer.toString(length).length();
        // The length counts its own digits, which may make it one longer.
        all = length + Integer.toString(all).length();
        return all + rest;
    }

    private static String octal(long value, int digits) {
        String text = Long.toOctalString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
