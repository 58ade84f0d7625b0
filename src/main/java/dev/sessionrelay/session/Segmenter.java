package dev.sessionrelay.session;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;

/**
 * Cuts a payload into segments. Where an earlier version is given, its cuts are kept, so that a grown payload has the
 * earlier one's segments and new ones for what is new. A segment of {@link #SEALED} bytes is never cut again; a smaller
 * one is folded into what comes behind it as soon as that has become as large, or when there are {@link #MOST_OPEN} of
 * them. So their number stays small, and a byte is sent again only as often as its segment doubles.
 */
public final class Segmenter {
    static final int SEALED = 4 << 20;
    static final int MOST_OPEN = 16;
    /** A line longer than this is cut in its middle: hosts refuse large files. */
    public static final int LONGEST = 32 << 20;

    private static final int READ_AT_ONCE = 1 << 17;

    private final long[] plannedCuts;

    private final MessageDigest open = Digest.counter();
    private final List<Segment> segments = new ArrayList<>();
    private long position;
    private long openSize;
    private int planned;

    private Segmenter(Optional<Entry> base, long size) {
        this.plannedCuts = base.map(entry -> cutsOf(entry, size)).orElse(new long[0]);
    }

    /**
     * @param extendsBase whether the earlier version is a beginning of the entry, or all of it
     */
    public record Cut(Entry entry, boolean extendsBase) {}

    public static Cut cut(EntryName name, Payload payload, Optional<Entry> base) throws IOException {
        // Each segment's digest and the whole's are counted at once, on two cores where there are two.
        ForkJoinTask<PayloadDigest> counting = PayloadDigest.begin(payload, base);
        List<Segment> segments = new Segmenter(base, payload.size()).run(payload);
        try {
            PayloadDigest whole = counting.join();
            return new Cut(new Entry(name, whole.size(), whole.digest(), segments), whole.extendsBase());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long[] cutsOf(Entry base, long size) {
        List<Segment> segments = base.segments();
        int kept = size > base.size() ? keptByGrown(segments, size - base.size()) : segments.size();
        long[] cuts = new long[kept];
        long end = 0;
        for (int i = 0; i < kept; i++) {
            end += segments.get(i).size();
            cuts[i] = end;
        }
        return cuts;
    }

    private static int keptByGrown(List<Segment> segments, long more) {
        int firstOpen = segments.size();
        while (firstOpen > 0 && segments.get(firstOpen - 1).size() < SEALED) {
            firstOpen--;
        }
        int kept = segments.size();
        long behind = more;
        while (kept > firstOpen
                && (kept - firstOpen >= MOST_OPEN || segments.get(kept - 1).size() <= behind)) {
            kept--;
            behind += segments.get(kept).size();
        }
        return kept;
    }

    private List<Segment> run(Payload payload) throws IOException {
        byte[] buffer = new byte[READ_AT_ONCE];
        try (InputStream in = payload.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                take(buffer, read);
            }
        }
        close();
        return segments;
    }

    private void take(byte[] buffer, int length) {
        int from = 0;
        while (from < length) {
            int to = nextStop(buffer, from, length);
            open.update(buffer, from, to - from);
            position += to - from;
            openSize += to - from;
            if (isCut(buffer[to - 1])) {
                close();
            }
            from = to;
        }
    }

    /** The next place in the buffer where something has to be looked at: a cut, or the buffer's end. */
    private int nextStop(byte[] buffer, int from, int length) {
        int stop = length;
        if (planned < plannedCuts.length) {
            return (int) Math.min(stop, from + plannedCuts[planned] - position);
        }
        if (openSize < SEALED) {
            return (int) Math.min(stop, from + SEALED - openSize);
        }
        stop = (int) Math.min(stop, from + LONGEST - openSize);
        for (int i = from; i < stop; i++) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return stop;
    }

    private boolean isCut(byte last) {
        if (planned < plannedCuts.length) {
            return position == plannedCuts[planned];
        }
        return openSize >= LONGEST || (openSize >= SEALED && last == '\n');
    }

    private void close() {
        if (openSize > 0) {
            segments.add(new Segment(openSize, Digest.of(open)));
            openSize = 0;
        }
        if (planned < plannedCuts.length && position >= plannedCuts[planned]) {
            planned++;
        }
    }
}
