package dev.sessionrelay.session;

import dev.sessionrelay.io.Digest;

/** A run of an entry's bytes that is kept and sent as one. */
public record Segment(long size, Digest digest) {
    private static final int OFFSET_DIGITS = 12;
    private static final int DIGEST_DIGITS = 16;

    public Segment {
        if (size <= 0) {
            throw new IllegalArgumentException("a segment of " + size + " bytes");
        }
    }

    /**
     * What a file is called that holds it: such names sort as the segments stand, and none ever stands for other
     * bytes.
     */
    public String nameAt(long offset) {
        String digits = String.valueOf(offset);
        return "0".repeat(Math.max(0, OFFSET_DIGITS - digits.length())) + digits + "-"
                + digest.hex().substring(0, DIGEST_DIGITS);
    }
}
