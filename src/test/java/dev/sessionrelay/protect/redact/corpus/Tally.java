package dev.sessionrelay.protect.redact.corpus;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many of how many were found, under many headings. */
final class Tally {
    private final Map<String, int[]> counts = new LinkedHashMap<>();

    void add(String heading, boolean found) {
        int[] count = counts.computeIfAbsent(heading, _ -> new int[2]);
        count[0] += found ? 1 : 0;
        count[1]++;
    }

    /** From a heading to the share that was found. */
    Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        counts.forEach((heading, count) -> shares.put(heading, (double) count[0] / count[1]));
        return shares;
    }

    double share() {
        int[] all = all();
        return all[1] == 0 ? 1 : (double) all[0] / all[1];
    }

    private int[] all() {
        return counts.values().stream().reduce(new int[2], (a, b) -> new int[] {a[0] + b[0], a[1] + b[1]});
    }

    String table(boolean worstFirst, int most) {
        StringBuilder table = new StringBuilder();
        Comparator<Map.Entry<String, Double>> order = worstFirst ? Map.Entry.comparingByValue() : (_, _) -> 0;
        shares().entrySet().stream().sorted(order).limit(most).forEach(share -> {
            int[] count = counts.get(share.getKey());
            table.append("  %6.1f %%  %6d of %6d  %s%n"
                    .formatted(100 * share.getValue(), count[0], count[1], share.getKey()));
        });
        return table.toString();
    }

    @Override
    public String toString() {
        int[] all = all();
        return "%d of %d (%.2f %%)".formatted(all[0], all[1], 100 * share());
    }
}
