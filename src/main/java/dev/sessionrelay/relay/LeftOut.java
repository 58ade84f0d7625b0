package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.Travelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells which records of a stored session a restore leaves out, and why. */
final class LeftOut {
    private LeftOut() {}

    static List<String> describe(Map<String, Long> counts) {
        Map<String, Long> kinds = new TreeMap<>(counts);
        List<String> words = new ArrayList<>();
        long unreadable = taken(kinds, Travelling.TORN_LINE) + taken(kinds, Travelling.OTHER_LINE);
        long unknown = taken(kinds, Travelling.UNKNOWN_KIND);
        if (!kinds.isEmpty()) {
            words.add(
                    kinds.entrySet().stream()
                                    .map(kind -> kind.getValue() + " " + kind.getKey())
                                    .collect(Collectors.joining(", "))
                            + (total(kinds) == 1 ? " record was" : " records were")
                            + " left out: resumed, it would act by itself or steer the agent, instead of telling what was done");
        }
        if (unknown > 0) {
            words.add(unknown + (unknown == 1 ? " record" : " records") + " of a kind that this version does not know "
                    + (unknown == 1 ? "was" : "were") + " left out: it may act when resumed."
                    + " It stays in the store, and is restored with trust: any");
        }
        if (unreadable > 0) {
            words.add(unreadable + (unreadable == 1 ? " unreadable line was" : " unreadable lines were")
                    + " left out: resumed, it would act by itself, where Claude Code makes more of it than we do. A record is"
                    + " one whole JSON object on a line");
        }
        return words;
    }

    private static long taken(Map<String, Long> kinds, String kind) {
        Long count = kinds.remove(kind);
        return count == null ? 0 : count;
    }

    private static long total(Map<String, Long> kinds) {
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }
}
