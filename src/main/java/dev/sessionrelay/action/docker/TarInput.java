package dev.sessionrelay.action.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a tar as the engine writes it: ustar, with pax records or GNU names where a name is long. */
final class TarInput {
    private static final int BLOCK = 512;
    private static final int MOST_OF_RECORDS = 1 << 20;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private long leftOfEntry;
    private long padding;

    TarInput(InputStream in) {
        this.in = in;
    }

    /** The next entry; what was not read of the one before is passed over. */
    Optional<TarEntry> next() throws IOException {
        Map<String, String> pax = new HashMap<>();
        while (true) {
            in.skipNBytes(leftOfEntry + padding);
            leftOfEntry = 0;
            padding = 0;
            if (in.readNBytes(block, 0, BLOCK) != BLOCK) {
                throw new EOFException("the tar ends before its end");
            }
            if (isZero(block)) {
                return Optional.empty();
            }
            checkSum();
            long size = pax.containsKey("size") ? number(pax.get("size")) : octal(124, 12);
            leftOfEntry = size;
            padding = (BLOCK - size % BLOCK) % BLOCK;
            switch (block[156]) {
                case 'x' -> pax.putAll(records(content()));
                case 'g' -> content();
                case 'L' -> pax.put("path", text(content(), 0, MOST_OF_RECORDS));
                case 'K' -> content();
                default -> {
                    return Optional.of(entry(pax, size));
                }
            }
        }
    }

    private TarEntry entry(Map<String, String> pax, long size) throws IOException {
        String prefix = text(block, 345, 155);
        String name = text(block, 0, 100);
        String full = prefix.isEmpty() || text(block, 257, 6).startsWith("ustar ") ? name : prefix + "/" + name;
        TarEntry.TarKind kind = switch (block[156]) {
            case 0, '0' -> TarEntry.TarKind.FILE;
            case '1', '2' -> TarEntry.TarKind.LINK;
            case '5' -> TarEntry.TarKind.FOLDER;
            default -> TarEntry.TarKind.OTHER;
        };
        int uid = (int) (pax.containsKey("uid") ? number(pax.get("uid")) : octal(108, 8));
        int gid = (int) (pax.containsKey("gid") ? number(pax.get("gid")) : octal(116, 8));
        return new TarEntry(
                pax.getOrDefault("path", full),
                kind,
                size,
                (int) octal(100, 8),
                uid,
                gid,
                Instant.ofEpochSecond(octal(136, 12)));
    }

    /** Writes the content of the entry that was read last. */
    void copyTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (leftOfEntry > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, leftOfEntry));
            if (read < 0) {
                throw new EOFException("the tar ends inside a file");
            }
            out.write(buffer, 0, read);
            leftOfEntry -= read;
        }
    }

    private byte[] content() throws IOException {
        if (leftOfEntry > MOST_OF_RECORDS) {
            throw new IOException("the tar has a header of " + leftOfEntry + " bytes");
        }
        byte[] content = in.readNBytes((int) leftOfEntry);
        if (content.length < leftOfEntry) {
            throw new EOFException("the tar ends inside a header");
        }
        leftOfEntry = 0;
        return content;
    }

    /** Records of the form {@code <length> <key>=<value>\n}, where the length counts all of the record. */
    private static Map<String, String> records(byte[] bytes) throws IOException {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            int length = (int) number(new String(bytes, at, space - at, StandardCharsets.US_ASCII));
            int end = at + length - 1;
            if (length < 1 || end <= space || end >= bytes.length) {
                throw new IOException("the tar has a broken header");
            }
            String record = new String(bytes, space + 1, end - space - 1, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                records.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at = end + 1;
        }
        return records;
    }

    private void checkSum() throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        if (sum != octal(148, 8)) {
            throw new IOException("the tar has a broken header");
        }
    }

    private long octal(int from, int length) throws IOException {
        if ((block[from] & 0x80) != 0) {
            long value = block[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                value = (value << 8) | (block[i] & 0xff);
            }
            return value;
        }
        String digits = text(block, from, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("the tar has a broken header", e);
        }
    }

    private static long number(String digits) throws IOException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IOException("the tar has a broken header", e);
        }
    }

    private static String text(byte[] bytes, int from, int most) {
        int end = from;
        while (end < bytes.length && end < from + most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.mismatch(bytes, new byte[bytes.length]) < 0;
    }
}
