package dev.sessionrelay.archive;

import dev.sessionrelay.text.SafeText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads files out of a tar, in order: ustar, pax and GNU names. A link or a device is refused: no session has one, and
 * whoever follows one writes where he did not mean to.
 */
public final class TarReader {
    private static final int MOST_OF_A_NAME = 1 << 16;

    private static final int MOST_OTHERS = 20_000;

    private final InputStream in;
    private int others;
    private long left;
    private long padding;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /** A file; its bytes are next to be read. */
    public record TarItem(String name, long size) {}

    public Optional<TarItem> next() throws IOException {
        String longName = "";
        long longSize = -1;
        while (true) {
            skip(left + padding);
            left = 0;
            padding = 0;
            byte[] header = in.readNBytes(TarWriter.RECORD);
            if (header.length == 0 || isZero(header)) {
                return Optional.empty();
            }
            if (header.length < TarWriter.RECORD) {
                throw new EOFException("the archive ends too early");
            }
            requireSum(header);
            long size = longSize >= 0 ? longSize : number(header, 124, 12);
            String name = longName.isEmpty() ? nameIn(header) : longName;
            left = size;
            padding = (TarWriter.RECORD - size % TarWriter.RECORD) % TarWriter.RECORD;
            switch (header[156]) {
                case '0', 0, '7' -> {
                    return Optional.of(new TarItem(name, size));
                }
                case '5' -> {
                    if (size > 0) {
                        throw new IOException("the folder \"" + SafeText.of(name, 120) + "\" in it has content");
                    }
                    requireFew();
                    longName = "";
                    longSize = -1;
                }
                case 'g' -> {
                    if (size > MOST_OF_A_NAME) {
                        throw new IOException("a header in it is longer than any");
                    }
                    requireFew();
                    longName = "";
                    longSize = -1;
                }
                case 'L' -> longName = text(metadata(), 0, (int) size);
                case 'x' -> {
                    byte[] records = metadata();
                    longName = pax(records, "path").orElse(longName);
                    longSize = pax(records, "size").map(Long::parseLong).orElse(-1L);
                }
                default ->
                    throw new IOException("\"" + SafeText.of(name, 120) + "\" is no file but a link or a device");
            }
        }
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new EOFException("the archive ends too early");
        }
    }

    private void requireFew() throws IOException {
        if (++others > MOST_OTHERS) {
            throw new IOException("it holds more than " + MOST_OTHERS + " folders");
        }
    }

    public int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
            throw new EOFException("the archive ends too early");
        }
        left -= read;
        return read;
    }

    private byte[] metadata() throws IOException {
        if (left > MOST_OF_A_NAME) {
            throw new IOException("a name in it is longer than any");
        }
        byte[] bytes = in.readNBytes((int) left);
        left = 0;
        return bytes;
    }

    private static Optional<String> pax(byte[] records, String key) throws IOException {
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            String digits = new String(records, at, space - at, StandardCharsets.US_ASCII);
            int length = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
            if (length <= space - at + 1 || at + length > records.length) {
                throw new IOException("a name in it cannot be read");
            }
            String record = new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            if (record.startsWith(key + "=")) {
                return Optional.of(record.substring(key.length() + 1));
            }
            at += length;
        }
        return Optional.empty();
    }

    private static String nameIn(byte[] header) {
        String name = text(header, 0, 100);
        boolean isUstar = text(header, 257, 6).startsWith("ustar") && header[262] == 0;
        String prefix = isUstar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int at, int most) {
        int end = at;
        while (end < Math.min(bytes.length, at + most) && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private static long number(byte[] header, int at, int width) throws IOException {
        if ((header[at] & 0x80) != 0) {
            // GNU's way of writing large numbers: binary.
            long number = header[at] & 0x7F;
            for (int i = at + 1; i < at + width; i++) {
                number = number > Long.MAX_VALUE >> 9 ? Long.MAX_VALUE >> 1 : (number << 8) | (header[i] & 0xFF);
            }
            return number;
        }
        String digits = text(header, at, width).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new IOException("it is no tar archive");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static void requireSum(byte[] header) throws IOException {
        int sum = 0;
        for (int i = 0; i < header.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        if (number(header, 148, 8) != sum) {
            throw new IOException("it is no tar archive, or damaged");
        }
    }

    private static boolean isZero(byte[] header) {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
