package dev.sessionrelay.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A place at which a program can be killed: just before it changes something for the Nth time. Its threads take turns
 * as they like, so another run may come to a change of another kind as its Nth; what it was is told by that run.
 */
record KillPoint(int number, String kind) {

    /**
     * All the changes that a run made; of many writes to one file in a row, the first, one in the middle and the
     * last.
     */
    static List<KillPoint> all(Traced run, Path folder) {
        List<KillPoint> points = new ArrayList<>();
        List<FileCall> calls = run.calls();
        int from = 0;
        while (from < calls.size()) {
            int to = from + 1;
            while (to < calls.size()
                    && calls.get(from).isWrite()
                    && calls.get(to).equals(calls.get(from))) {
                to++;
            }
            for (int at : new HashSet<>(List.of(from, (from + to) / 2, to - 1))
                    .stream().sorted().toList()) {
                points.add(new KillPoint(at + 1, calls.get(at).kind(folder)));
            }
            from = to;
        }
        return points;
    }

    /** So many of them, of as many kinds. */
    static List<KillPoint> some(List<KillPoint> all, int most, Random random) {
        List<KillPoint> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        Set<String> kinds = new HashSet<>();
        List<KillPoint> some = new ArrayList<>();
        shuffled.stream().filter(point -> kinds.add(point.kind())).limit(most).forEach(some::add);
        shuffled.stream()
                .filter(point -> !some.contains(point))
                .limit(most - some.size())
                .forEach(some::add);
        return some;
    }
}
