package dev.sessionrelay.bundle;

import java.util.List;

/** One file of a session: its size and digest as a whole, and the segments it is made of. */
public record Entry(EntryName name, long size, Digest digest, List<Segment> segments) {
    public Entry {
        segments = List.copyOf(segments);
        long sum = segments.stream().mapToLong(Segment::size).sum();
        if (sum != size) {
            throw new IllegalArgumentException(
                    "the segments of " + name + " add up to " + sum + " bytes, but it says " + size);
        }
    }
}
