package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.ChainedStream;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Records from a store, without those that would make Claude Code act. What a machine of ours saved has none of them, so
 * nearly always nothing is left out and the payload is handed on as it is.
 *
 * @param kept the stretches that stay
 */
public record HarmlessRecords(Payload records, List<Stretch> kept, long size) implements Payload {
    /** What such a record must contain, whatever else it holds; a letter may stand there as its number. */
    private static final List<String> SIGNS =
            List.of(Unwanted.WORKTREE, "session_cron_carry", "hook_deferred_tool", "\\u00");

    private static final int LONGEST_SIGN = 20;
    private static final int READ_AT_ONCE = 1 << 18;
    /** Nobody schedules a task with more words than that. */
    private static final int MOST_OF_A_RECORD = 64 << 20;

    /** From an offset up to another. */
    public record Stretch(long from, long to) {}

    /** @param leftOut how many records were left out, by what they are */
    public record Checked(Payload records, Map<String, Long> leftOut) {}

    public HarmlessRecords {
        kept = List.copyOf(kept);
    }

    public static Checked of(Payload records) throws IOException {
        TreeSet<Long> signs = signsIn(records);
        if (signs.isEmpty()) {
            return new Checked(records, Map.of());
        }
        Map<String, Long> leftOut = new TreeMap<>();
        List<Stretch> kept = new ArrayList<>();
        long from = 0;
        long size = 0;
        try (RecordScanner scanner = new RecordScanner(records.open())) {
            while (scanner.next()) {
                Long sign = signs.ceiling(scanner.start());
                if (sign == null || sign >= scanner.end() || scanner.kind() != RecordScanner.Kind.RECORD) {
                    continue;
                }
                Optional<String> unwanted = Unwanted.in(bytes(records, scanner.start(), scanner.end()));
                if (unwanted.isPresent()) {
                    leftOut.merge(unwanted.get(), 1L, Long::sum);
                    kept.add(new Stretch(from, scanner.start()));
                    size += scanner.start() - from;
                    from = scanner.end();
                }
            }
        }
        if (leftOut.isEmpty()) {
            return new Checked(records, leftOut);
        }
        kept.add(new Stretch(from, records.size()));
        return new Checked(new HarmlessRecords(records, kept, size + records.size() - from), leftOut);
    }

    private static TreeSet<Long> signsIn(Payload records) throws IOException {
        TreeSet<Long> found = new TreeSet<>();
        byte[] buffer = new byte[READ_AT_ONCE + LONGEST_SIGN];
        int carried = 0;
        long start = 0;
        try (InputStream in = records.open()) {
            while (true) {
                int read = in.readNBytes(buffer, carried, READ_AT_ONCE);
                String text = new String(buffer, 0, carried + read, StandardCharsets.ISO_8859_1);
                for (String sign : SIGNS) {
                    for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
                        found.add(start + at);
                    }
                }
                if (read < READ_AT_ONCE) {
                    return found;
                }
                // A sign may lie across the end of what was read.
                int end = carried + read;
                System.arraycopy(buffer, end - LONGEST_SIGN, buffer, 0, LONGEST_SIGN);
                start += end - LONGEST_SIGN;
                carried = LONGEST_SIGN;
            }
        }
    }

    private static byte[] bytes(Payload records, long from, long to) throws IOException {
        if (to - from > MOST_OF_A_RECORD) {
            throw Failure.damaged(
                    "a record of " + (to - from)
                            + " bytes in the stored session cannot be checked before it is restored",
                    "nothing was changed here; restore an earlier save");
        }
        try (InputStream in = records.open(from)) {
            return in.readNBytes((int) (to - from));
        }
    }

    @Override
    public InputStream open(long from) {
        List<ChainedStream.Part> parts = new ArrayList<>();
        long skip = from;
        for (Stretch stretch : kept) {
            long length = stretch.to() - stretch.from();
            if (skip >= length) {
                skip -= length;
                continue;
            }
            long start = stretch.from() + skip;
            parts.add(() -> new Limited(records.open(start), stretch.to() - start));
            skip = 0;
        }
        return new ChainedStream(parts.iterator());
    }

    /** No more than so many bytes. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
