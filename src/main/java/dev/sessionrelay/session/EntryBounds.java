package dev.sessionrelay.session;

/** How much a manifest may list: more than any number of saves makes, and no more than a disk and a person can bear. */
final class EntryBounds {
    static final int MOST_ENTRIES = 20_000;
    private static final int MOST_SEGMENTS = 100_000;
    private static final long MOST_BYTES = 16L << 30;

    private long bytes;
    private int segments;

    void add(Entry entry) {
        if (entry.size() > MOST_BYTES - bytes) {
            throw new IllegalArgumentException("its entries are larger than " + (MOST_BYTES >> 30) + " GiB together");
        }
        bytes += entry.size();
        segments += entry.segments().size();
        if (segments > MOST_SEGMENTS) {
            throw new IllegalArgumentException("its entries have more than " + MOST_SEGMENTS + " segments");
        }
    }
}
