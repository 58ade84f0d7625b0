package dev.sessionrelay.transcript.merge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Stands for a record's uuid or bytes: half of their SHA-256, so that the marks of a long transcript fit in memory. */
record RecordHash(long high, long low) implements Comparable<RecordHash> {

    static RecordHash of(String text, MessageDigest counter) {
        counter.reset();
        counter.update(text.getBytes(StandardCharsets.UTF_8));
        return of(counter);
    }

    /** Takes the value out of a counter and starts it anew. */
    static RecordHash of(MessageDigest counter) {
        ByteBuffer value = ByteBuffer.wrap(counter.digest());
        return new RecordHash(value.getLong(), value.getLong());
    }

    @Override
    public int compareTo(RecordHash other) {
        int byHigh = Long.compare(high, other.high);
        return byHigh != 0 ? byHigh : Long.compare(low, other.low);
    }
}
