package dev.sessionrelay.prepare.redact;

import java.util.Arrays;

/**
 * The quick look at the bytes of a line, as they stand there: where could a secret be? Generous, since what it says no
 * to is not looked at again.
 */
final class Suspicion {

    private final Vocabulary vocabulary;
    private int[] places = new int[1 << 8];
    private int count;
    private boolean sorted;

    private byte[] bytes = new byte[0];
    private int begin;
    private int to;

    Suspicion(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Looks at a stretch; the answer is whether there is any suspicious place. */
    boolean look(byte[] line, int from, int end) {
        bytes = line;
        begin = from;
        to = end;
        count = 0;
        sorted = true;
        vocabulary.inLine().find(line, from, end, this::keyword);
        Runs.find(line, from, end, (start, _) -> add(start));
        if (!sorted) {
            Arrays.sort(places, 0, count);
        }
        return count > 0;
    }

    private void keyword(int from, int end, int word) {
        if (word == Vocabulary.ESCAPE) {
            escape(from, end);
            return;
        }
        Vocabulary.Word found = vocabulary.word(word);
        if (found.isFollowedUp(bytes, begin, from, end, to)) {
            add(from);
        }
    }

    /** Printable ASCII that is written as an escape could hide anything from the quick look. */
    private void escape(int from, int end) {
        boolean hides = end - from != 4 || bytes[from] != '\\' || (end < to && bytes[end] >= '2' && bytes[end] <= '7');
        if (hides) {
            add(from);
        }
    }

    private void add(int place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        sorted &= count == 0 || places[count - 1] <= place;
        places[count++] = place;
    }

    /** Whether there is a suspicious place in this stretch. */
    boolean isIn(int from, int end) {
        int at = Arrays.binarySearch(places, 0, count, from);
        int next = at < 0 ? -at - 1 : at;
        return next < count && places[next] < end;
    }
}
