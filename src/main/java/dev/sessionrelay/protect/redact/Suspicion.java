package dev.sessionrelay.protect.redact;

import java.util.Arrays;

/**
 * The quick look at the bytes of a line, as they stand there: where could a secret be? Generous, since what is far from
 * any place that it names is not looked at again.
 */
final class Suspicion {
    /** A place, with how far around it matters: as a rule, further, or as far as the string goes. */
    static final int NEAR = 0;

    static final int FAR = 1;
    static final int WHOLE = 2;

    private final Vocabulary vocabulary;
    private final boolean onlyKnown;
    private long[] places = new long[1 << 8];
    private int count;
    private boolean sorted;

    private byte[] bytes = new byte[0];
    private int begin;
    private int to;
    private int cameTo;

    Suspicion(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.onlyKnown = !vocabulary.looksForRandom();
    }

    /** Looks at a stretch; the answer is whether there is any suspicious place. */
    boolean look(byte[] line, int from, int end) {
        begin(line, from, end);
        lookUpTo(end);
        return count > 0;
    }

    /** Is going to look at a stretch, of which nothing is suspicious until then. */
    void begin(byte[] line, int from, int end) {
        bytes = line;
        begin = from;
        to = end;
        count = 0;
        sorted = true;
        cameTo = from;
    }

    /** Looks at what was not looked at before this place. */
    void lookUpTo(int end) {
        if (end <= cameTo) {
            return;
        }
        vocabulary.inLine().find(bytes, cameTo, end, this::keyword);
        Runs.find(bytes, cameTo, end, this::run);
        cameTo = end;
        if (!sorted) {
            Arrays.sort(places, 0, count);
            sorted = true;
        }
    }

    /** Does without a look at what stands before this place. */
    void skipTo(int place) {
        cameTo = Math.max(cameTo, place);
    }

    private void keyword(int from, int end, int word) {
        if (word == Vocabulary.ESCAPE) {
            escape(from, end);
            return;
        }
        Vocabulary.Keyword found = vocabulary.word(word);
        if (found.isFollowedUp(bytes, begin, from, end, to)) {
            add(from, found.reach());
        }
    }

    private void run(int from, int end) {
        if (!onlyKnown || Base64Text.holdsText(bytes, from, end)) {
            add(from, NEAR);
        }
    }

    /** Printable ASCII that is written as an escape could hide anything from the quick look. */
    private void escape(int from, int end) {
        if (bytes[from] == '&' || (bytes[from] == '\\' && bytes[from + 1] == '\\')) {
            int at = bytes[from] == '&' ? from : from + 1;
            if (Escapes.length(bytes, at, to) > 0) {
                add(from, NEAR);
            }
            return;
        }
        boolean hides = end - from != 4 || bytes[from] != '\\' || (end < to && bytes[end] >= '2' && bytes[end] <= '7');
        if (hides) {
            add(from, NEAR);
        }
    }

    private void add(int place, int reach) {
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        long packed = (long) place << 2 | reach;
        sorted &= count == 0 || places[count - 1] <= packed;
        places[count++] = packed;
    }

    /** Whether there is a suspicious place in this stretch. */
    boolean isIn(int from, int end) {
        int next = next(from);
        return next < count && place(next) < end;
    }

    /** The number of the first place that is not before this one. */
    int next(int from) {
        int at = Arrays.binarySearch(places, 0, count, (long) from << 2);
        return at < 0 ? -at - 1 : at;
    }

    /** Whether nothing is looked for but values that are known. */
    boolean isOfKnown() {
        return onlyKnown;
    }

    int count() {
        return count;
    }

    int place(int number) {
        return (int) (places[number] >>> 2);
    }

    int reach(int number) {
        return (int) (places[number] & 3);
    }
}
