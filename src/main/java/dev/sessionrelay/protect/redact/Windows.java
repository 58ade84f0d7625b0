package dev.sessionrelay.protect.redact;

/**
 * The stretches of a string that are looked at closely: what is around its suspicious places. A short string, or one in
 * which a rule may match anywhere, is one stretch. No stretch begins or ends within an escape, a character or, where
 * blanks or line ends are near, a word.
 */
final class Windows {
    /** How much of a string is looked at as a whole. */
    private static final int SHORT = 1 << 12;

    /** How much before and behind a place, by how far around it matters. */
    private static final int[] BEHIND = {1 << 9, 1 << 10};

    private static final int[] AHEAD = {1 << 11, 1 << 13};
    /** Where known values are looked for, which only need to be seen themselves. */
    private static final int[] AROUND_KNOWN = {1 << 8, 1 << 13};

    /** How far a line's end, and else a blank, is looked for. */
    private static final int MOST_OF_LINE = 512;

    private final Suspicion suspicion;
    private final int[] behind;
    private final int[] ahead;
    private final int wholeUpTo;
    private byte[] bytes = new byte[0];
    private int begin;
    private int end;
    private int from;
    private int to;
    private boolean fromBegin;

    Windows(Suspicion suspicion) {
        this.suspicion = suspicion;
        this.behind = suspicion.isOfKnown() ? AROUND_KNOWN : BEHIND;
        this.ahead = suspicion.isOfKnown() ? AROUND_KNOWN : AHEAD;
        this.wholeUpTo = suspicion.isOfKnown() ? AROUND_KNOWN[0] * 2 : SHORT;
    }

    /** @param fromStart whether the beginning of the string is suspicious, whatever stands there */
    void begin(byte[] line, int start, int stop, boolean fromStart) {
        bytes = line;
        begin = start;
        end = stop;
        from = start;
        to = start;
        fromBegin = fromStart;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Goes on to the next stretch; the answer is whether there is one. */
    boolean next() {
        if (to >= end) {
            return false;
        }
        int next = suspicion.next(to);
        boolean none = next == suspicion.count() || suspicion.place(next) >= end;
        if (none && !fromBegin) {
            return false;
        }
        if (end - begin <= wholeUpTo || isWhole(next)) {
            from = begin;
            to = end;
            return true;
        }
        int least = to;
        int reaches = fromBegin ? begin + ahead[Suspicion.FAR] : 0;
        from = fromBegin ? begin : Math.max(least, backward(beginning(next), least));
        fromBegin = false;
        while (next < suspicion.count() && suspicion.place(next) < end && (reaches == 0 || beginning(next) < reaches)) {
            reaches = Math.max(reaches, suspicion.place(next) + ahead[suspicion.reach(next)]);
            next++;
        }
        to = forward(reaches);
        while (next < suspicion.count() && suspicion.place(next) < to) {
            to = Math.max(to, forward(suspicion.place(next) + ahead[suspicion.reach(next)]));
            next++;
        }
        return true;
    }

    private int beginning(int number) {
        return suspicion.place(number) - behind[suspicion.reach(number)];
    }

    private boolean isWhole(int first) {
        if (to > begin) {
            return false;
        }
        for (int i = first; i < suspicion.count() && suspicion.place(i) < end; i++) {
            if (suspicion.reach(i) == Suspicion.WHOLE) {
                return true;
            }
        }
        return false;
    }

    private int backward(int place, int least) {
        int stop = Math.max(least, place - MOST_OF_LINE);
        int blank = -1;
        for (int i = place; i > stop; i--) {
            if (isLineStart(i)) {
                return i;
            }
            blank = blank < 0 && bytes[i - 1] == ' ' ? i : blank;
        }
        return blank >= 0 ? blank : whole(stop, least, -1);
    }

    private int forward(int place) {
        if (place >= end) {
            return end;
        }
        int stop = Math.min(end, place + MOST_OF_LINE);
        int blank = -1;
        for (int i = place; i < stop; i++) {
            if (isLineStart(i)) {
                return i;
            }
            blank = blank < 0 && bytes[i - 1] == ' ' ? i : blank;
        }
        return blank >= 0 ? blank : whole(stop, end, 1);
    }

    /** Whether a line's end, or the escape of one, stands before this place. */
    private boolean isLineStart(int at) {
        if (bytes[at - 1] == '\n') {
            return true;
        }
        if (bytes[at - 1] != 'n' || at - 2 < begin || bytes[at - 2] != '\\') {
            return false;
        }
        int slashes = 1;
        while (at - 2 - slashes >= begin && bytes[at - 2 - slashes] == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** The nearest place that is in no escape and in no character. */
    private int whole(int place, int last, int step) {
        int at = place;
        while (at != last && !isBetweenCharacters(at)) {
            at += step;
        }
        return at;
    }

    private boolean isBetweenCharacters(int at) {
        if ((bytes[at] & 0xC0) == 0x80) {
            return false;
        }
        for (int i = Math.max(begin, at - 5); i < at; i++) {
            if (bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }
}
