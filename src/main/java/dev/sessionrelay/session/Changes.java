package dev.sessionrelay.session;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was changed on the way from disk: how many records were left out, by type, how many bytes they had, and how many
 * records follow another one than they were written behind, because two continuations were merged.
 *
 * @param edited how many records follow another one because that was left out, or are said in another role
 * @param redacted how many secrets were replaced, by rule and the file they stood in
 */
public record Changes(
        Map<String, Long> leftOut,
        long bytesLeftOut,
        long edited,
        long reparented,
        Map<String, Map<String, Long>> redacted) {
    public static final Changes NOTHING = new Changes(Map.of(), 0);

    public Changes {
        leftOut = Map.copyOf(leftOut);
        redacted = Map.copyOf(redacted);
    }

    public Changes(Map<String, Long> leftOut, long bytesLeftOut) {
        this(leftOut, bytesLeftOut, 0, 0, Map.of());
    }

    public Changes and(Changes other) {
        Map<String, Long> sum = new TreeMap<>(leftOut);
        other.leftOut.forEach((type, count) -> sum.merge(type, count, Long::sum));
        return new Changes(
                sum, bytesLeftOut + other.bytesLeftOut, edited + other.edited, reparented + other.reparented, redacted);
    }

    public Changes andEdited(long more) {
        return new Changes(leftOut, bytesLeftOut, edited + more, reparented, redacted);
    }

    public Changes andReparented(long more) {
        return new Changes(leftOut, bytesLeftOut, edited, reparented + more, redacted);
    }

    public Changes withRedacted(Map<String, Map<String, Long>> perRuleAndFile) {
        return new Changes(leftOut, bytesLeftOut, edited, reparented, perRuleAndFile);
    }

    /** With what an earlier save had changed, which is not to be seen in what this one began with. */
    public Changes after(Changes earlier) {
        Map<String, Map<String, Long>> most = new TreeMap<>(redacted);
        earlier.redacted.forEach((rule, files) -> most.merge(rule, files, Changes::most));
        return andReparented(earlier.reparented).withRedacted(most);
    }

    private static Map<String, Long> most(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> most = new TreeMap<>(one);
        other.forEach((file, count) -> most.merge(file, count, Math::max));
        return most;
    }
}
