package dev.sessionrelay.bundle;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was changed on the way from disk: how many records were left out, by type, how many bytes they had, and how many
 * records follow another one than they were written behind, because two continuations were merged.
 */
public record Prepared(Map<String, Long> leftOut, long bytesLeftOut, long reparented) {
    public static final Prepared NOTHING = new Prepared(Map.of(), 0);

    public Prepared {
        leftOut = Map.copyOf(leftOut);
    }

    public Prepared(Map<String, Long> leftOut, long bytesLeftOut) {
        this(leftOut, bytesLeftOut, 0);
    }

    public Prepared and(Prepared other) {
        Map<String, Long> sum = new TreeMap<>(leftOut);
        other.leftOut.forEach((type, count) -> sum.merge(type, count, Long::sum));
        return new Prepared(sum, bytesLeftOut + other.bytesLeftOut, reparented + other.reparented);
    }

    public Prepared andReparented(long more) {
        return new Prepared(leftOut, bytesLeftOut, reparented + more);
    }
}
