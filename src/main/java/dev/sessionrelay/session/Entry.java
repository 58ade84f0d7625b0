package dev.sessionrelay.session;

import dev.sessionrelay.io.Digest;
import java.util.List;

/** One file of a session: its size and digest as a whole, and the segments it is made of. */
public record Entry(EntryName name, long size, Digest digest, List<Segment> segments) {
    public Entry {
        segments = List.copyOf(segments);
        long missing = size;
        for (Segment segment : segments) {
            if (segment.size() > missing) {
                throw new IllegalArgumentException(
                        "the segments of " + name + " have more than its " + size + " bytes");
            }
            missing -= segment.size();
        }
        if (missing != 0) {
            throw new IllegalArgumentException(
                    "the segments of " + name + " lack " + missing + " of its " + size + " bytes");
        }
    }
}
