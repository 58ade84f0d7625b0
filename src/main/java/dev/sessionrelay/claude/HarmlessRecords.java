package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Pieces;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records from a store, without those that would make Claude Code act. What a machine of ours saved has none of them, so
 * nearly always nothing is left out and the payload is handed on as it is.
 *
 * @param leftOut how many records were left out, by what they are
 */
public record HarmlessRecords(Payload records, Map<String, Long> leftOut) {
    /** Nobody schedules a task with more words than that. */
    private static final int MOST_OF_A_RECORD = 64 << 20;

    /** @param signs those in all of the records */
    public static HarmlessRecords of(Payload records, Signs signs) throws IOException {
        Map<String, Long> leftOut = new TreeMap<>();
        if (signs.isEmpty()) {
            return new HarmlessRecords(records, leftOut);
        }
        Pieces kept = new Pieces();
        long from = 0;
        try (RecordScanner scanner = new RecordScanner(records.open())) {
            while (scanner.next()) {
                if (scanner.kind() != RecordScanner.Kind.RECORD || !signs.isIn(scanner.start(), scanner.end())) {
                    continue;
                }
                Optional<String> unwanted = Unwanted.in(bytes(records, scanner.start(), scanner.end()));
                if (unwanted.isPresent()) {
                    leftOut.merge(unwanted.get(), 1L, Long::sum);
                    kept.add(records, from, scanner.start());
                    from = scanner.end();
                }
            }
        }
        kept.add(records, from, records.size());
        return new HarmlessRecords(leftOut.isEmpty() ? records : kept, leftOut);
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
}
