package dev.sessionrelay.bundle;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was changed on the way from disk: how many records were left out, by type, how many bytes they had, and how many
 * records follow another one than they were written behind, because two continuations were merged.
 *
 * @param edited how many records follow another one because that was left out, or are said in another role
 * @param redacted how many secrets were replaced, by rule and the file they stood in
 */
public record Prepared(
        Map<String, Long> leftOut,
        long bytesLeftOut,
        long edited,
        long reparented,
        Map<String, Map<String, Long>> redacted) {
    public static final Prepared NOTHING = new Prepared(Map.of(), 0);

    public Prepared {
        leftOut = Map.copyOf(leftOut);
        redacted = Map.copyOf(redacted);
    }

    public Prepared(Map<String, Long> leftOut, long bytesLeftOut) {
        this(leftOut, bytesLeftOut, 0, 0, Map.of());
    }

    public Prepared and(Prepared other) {
        Map<String, Long> sum = new TreeMap<>(leftOut);
        other.leftOut.forEach((type, count) -> sum.merge(type, count, Long::sum));
        return new Prepared(
                sum, bytesLeftOut + other.bytesLeftOut, edited + other.edited, reparented + other.reparented, redacted);
    }

    public Prepared andEdited(long more) {
        return new Prepared(leftOut, bytesLeftOut, edited + more, reparented, redacted);
    }

    public Prepared andReparented(long more) {
        return new Prepared(leftOut, bytesLeftOut, edited, reparented + more, redacted);
    }

    public Prepared withRedacted(Map<String, Map<String, Long>> perRuleAndFile) {
        return new Prepared(leftOut, bytesLeftOut, edited, reparented, perRuleAndFile);
    }

    /** With what an earlier save had changed, which is not to be seen in what this one began with. */
    public Prepared after(Prepared earlier) {
        Map<String, Map<String, Long>> most = new TreeMap<>(redacted);
        earlier.redacted.forEach((rule, files) -> most.merge(rule, files, Prepared::most));
        return andReparented(earlier.reparented).withRedacted(most);
    }

    private static Map<String, Long> most(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> most = new TreeMap<>(one);
        other.forEach((file, count) -> most.merge(file, count, Math::max));
        return most;
    }
}
