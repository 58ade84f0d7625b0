package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.ChainedStream;
import dev.sessionrelay.bundle.Facts;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.bundle.RangeStream;
import dev.sessionrelay.bundle.RangeStream.Range;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of records as it travels: without the records that Claude Code does not read back ({@code api-request*}, a log of
 * what was sent) or must not (those that would make it act, see {@link Unwanted}), and without torn lines. Every other line is kept byte for byte. One that lacks its line break gets it: the last one, and a
 * record that another one was glued to.
 *
 * <p>Whether a line stays depends on that line alone, so the trimmed form of a grown file always begins with the trimmed
 * form that it had before. That is why a torn line is left out wherever it stands: it was last once.
 */
public final class TrimmedRecords implements Payload {
    private static final String TORN = "torn-line";

    private final Path file;
    private final List<Kept> kept;
    private final long size;
    private final Facts facts;
    private final Prepared leftOut;

    private record Kept(Range range, boolean addsNewline) {
        long length() {
            return range.length() + (addsNewline ? 1 : 0);
        }
    }

    private TrimmedRecords(Path file, List<Kept> kept, Facts facts, Prepared leftOut) {
        this.file = file;
        this.kept = List.copyOf(kept);
        this.size = kept.stream().mapToLong(Kept::length).sum();
        this.facts = facts;
        this.leftOut = leftOut;
    }

    public static TrimmedRecords of(Path file) throws IOException {
        List<Kept> kept = new ArrayList<>();
        Map<String, Long> leftOut = new TreeMap<>();
        FactsReader facts = new FactsReader();
        long bytesLeftOut = 0;
        try (RecordScanner records = new RecordScanner(Files.newInputStream(file))) {
            while (records.next()) {
                String reason = reasonToLeaveOut(records);
                if (reason.isEmpty()) {
                    keep(kept, records.start(), records.end(), !records.endsWithNewline());
                    facts.take(records);
                } else {
                    leftOut.merge(reason, 1L, Long::sum);
                    bytesLeftOut += records.end() - records.start();
                }
            }
        }
        return new TrimmedRecords(file, kept, facts.facts(), new Prepared(leftOut, bytesLeftOut));
    }

    private static String reasonToLeaveOut(RecordScanner record) {
        return switch (record.kind()) {
            case TORN -> TORN;
            case OTHER -> "";
            case RECORD ->
                record.text(Field.TYPE)
                        .filter(type -> type.startsWith("api-request"))
                        .or(() -> Unwanted.in(record))
                        .orElse("");
        };
    }

    private static void keep(List<Kept> kept, long from, long to, boolean addsNewline) {
        if (!kept.isEmpty()
                && kept.getLast().range().to() == from
                && !kept.getLast().addsNewline()) {
            from = kept.removeLast().range().from();
        }
        kept.add(new Kept(new Range(from, to), addsNewline));
    }

    public Facts facts() {
        return facts;
    }

    public Prepared leftOut() {
        return leftOut;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open(long from) {
        List<ChainedStream.Part> parts = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        long skip = from;
        for (Kept stretch : kept) {
            if (skip >= stretch.length()) {
                skip -= stretch.length();
                continue;
            }
            Range range = stretch.range();
            ranges.add(new Range(Math.min(range.from() + skip, range.to()), range.to()));
            skip = 0;
            if (stretch.addsNewline()) {
                parts.add(in(ranges));
                parts.add(() -> new ByteArrayInputStream(new byte[] {'\n'}));
                ranges = new ArrayList<>();
            }
        }
        parts.add(in(ranges));
        return new ChainedStream(parts.iterator());
    }

    private ChainedStream.Part in(List<Range> ranges) {
        return () -> new RangeStream(file, ranges);
    }
}
