package dev.sessionrelay.bundle;

import java.util.Map;
import java.util.TreeMap;

/** What preparing changed: how many records were left out, by type, and how many bytes they had. */
public record Prepared(Map<String, Long> leftOut, long bytesLeftOut) {
    public static final Prepared NOTHING = new Prepared(Map.of(), 0);

    public Prepared {
        leftOut = Map.copyOf(leftOut);
    }

    public Prepared and(Prepared other) {
        Map<String, Long> sum = new TreeMap<>(leftOut);
        other.leftOut.forEach((type, count) -> sum.merge(type, count, Long::sum));
        return new Prepared(sum, bytesLeftOut + other.bytesLeftOut);
    }
}
