package dev.sessionrelay.bundle;

/** A run of an entry's bytes that is kept and sent as one. */
public record Segment(long size, Digest digest) {
    public Segment {
        if (size <= 0) {
            throw new IllegalArgumentException("a segment of " + size + " bytes");
        }
    }
}
