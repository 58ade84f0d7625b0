package dev.sessionrelay.protect.redact;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through a payload, or a part of one, once, with little memory. Records are taken line by line; a line that is
 * too long to be held, and a file of plain text, in pieces, each with a view of what is around it. Where a line is cut
 * follows from the line alone.
 */
final class PayloadScan {
    private static final int LONGEST_LINE = 4 << 20;
    private static final int VIEW_BEHIND = 1 << 10;
    private static final int VIEW_AHEAD = 1 << 16;

    private final LineScan scan;
    private final EntryName name;
    private final LineRedaction records;
    private final LineRedaction plain;
    private final Edits edits = new Edits();
    private final SecretReport report = new SecretReport();
    private final Map<String, String> values = new LinkedHashMap<>();

    private byte[] buffer = new byte[1 << 18];
    private int from;
    private int limit;
    private boolean ended;
    private long offset;
    private long left;
    private long line = 1;

    PayloadScan(LineScan scan, LineScan secondLook, EntryName name) {
        this.scan = scan;
        this.name = name;
        this.records = new LineRedaction(scan, secondLook, true);
        this.plain = new LineRedaction(scan, secondLook, false);
    }

    /**
     * What was found in a part of a payload.
     *
     * @param report with lines counted from the part's beginning
     * @param values what was found, each with the name of what it is
     */
    record ScannedSecret(Edits edits, SecretReport report, long lines, Map<String, String> values) {}

    /** Goes through a part that begins where a line does and ends where a line does. */
    ScannedSecret run(Payload payload, long begin, long end) throws IOException {
        offset = begin;
        left = end - begin;
        try (InputStream in = payload.open(begin)) {
            if (name.isRecords()) {
                lines(in);
            } else {
                pieces(in, false);
            }
        }
        report.addNotLookedInto(scan.images(), scan.gaveUp());
        return new ScannedSecret(edits, report, line - 1, values);
    }

    private void lines(InputStream in) throws IOException {
        int looked = 0;
        while (true) {
            int end = newline(looked, limit);
            if (end < 0 && ended) {
                if (from < limit) {
                    line(limit);
                }
                return;
            }
            if (end >= 0) {
                line(end + 1);
                from = end + 1;
                looked = from;
            } else if (limit - from >= LONGEST_LINE + VIEW_AHEAD) {
                pieces(in, isRecord());
                looked = from;
            } else {
                looked = limit;
                looked -= fill(in, from);
            }
        }
    }

    private int newline(int start, int end) {
        int at = Swift.indexOf(buffer, start, end, '\n');
        return at < end ? at : -1;
    }

    private void line(int end) {
        take((isRecord() ? records : plain).of(buffer, from, end, offset));
        line++;
    }

    /** A record, or, where it is printed over many lines, a part of one. */
    private boolean isRecord() {
        return switch (buffer[from]) {
            case '{', '}', '"', ' ', '\t' -> true;
            default -> (buffer[from] & 0xFF) == 0xEF;
        };
    }

    /** Reads on; what is before the given place may be dropped, and the answer is by how much all moved. */
    private int fill(InputStream in, int keepFrom) throws IOException {
        int moved = 0;
        if (limit == buffer.length) {
            if (keepFrom > buffer.length / 2) {
                moved = keepFrom;
                System.arraycopy(buffer, keepFrom, buffer, 0, limit - keepFrom);
                from -= moved;
                limit -= moved;
                offset += moved;
            } else {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        int read = left == 0 ? -1 : in.read(buffer, limit, (int) Math.min(left, buffer.length - limit));
        ended = read < 0;
        limit += Math.max(0, read);
        left -= Math.max(0, read);
        return moved;
    }

    /** The rest of a line that is too long, or of a file of plain text, piece by piece. */
    private void pieces(InputStream in, boolean isRecord) throws IOException {
        int viewFrom = from;
        int looked = from;
        boolean toLineEnd = name.isRecords();
        scan.beginRecord();
        while (true) {
            int end = toLineEnd ? newline(looked, limit) : -1;
            boolean last = end >= 0 || ended;
            if (!last && limit - from < LONGEST_LINE + VIEW_AHEAD) {
                looked = limit;
                int moved = fill(in, viewFrom);
                looked -= moved;
                viewFrom -= moved;
                continue;
            }
            int viewTo = end >= 0 ? end : limit;
            int to = last ? viewTo : from + LONGEST_LINE;
            take(
                    isRecord
                            ? scan.piece(buffer, viewFrom, from, to, viewTo, offset)
                            : scan.plain(buffer, viewFrom, from, to, viewTo, offset));
            line += toLineEnd ? 0 : newlines(from, to);
            if (last) {
                from = end >= 0 ? end + 1 : limit;
                line++;
                return;
            }
            looked = viewTo;
            viewFrom = Math.max(viewFrom, to - VIEW_BEHIND);
            from = to;
        }
    }

    private int newlines(int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += buffer[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private void take(List<LineScan.SecretEdit> found) {
        for (LineScan.SecretEdit edit : found) {
            long before = name.isRecords() ? 0 : newlines(from, (int) (edit.from() - offset));
            edits.add(edit.from(), (int) (edit.to() - edit.from()), edit.replacement());
            report.add(edit.rule(), name, line + before, edit.field());
            values.putIfAbsent(edit.secret(), edit.rule());
        }
    }
}
