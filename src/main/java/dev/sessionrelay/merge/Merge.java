package dev.sessionrelay.merge;

import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.bundle.Payload;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * How two versions of the same records become one. Records are known by their uuid, or by their bytes when they have none:
 * what the one has already is not added again, wherever in the file it stands. So merging twice changes nothing, and who
 * comes first does not matter.
 */
public sealed interface Merge {

    /** Both have the same records, be it in another order. */
    record Same() implements Merge {}

    /** The second has nothing that the first lacks. */
    record NothingNew() implements Merge {}

    /**
     * One file with the records of both.
     *
     * @param reparented how many records follow another one than they did
     * @param extendsFirst whether all bytes of the first are its beginning
     * @param bothAdd whether each had something that the other lacked
     */
    record United(Payload payload, int reparented, boolean extendsFirst, boolean bothAdd) implements Merge {}

    /** They cannot be one conversation that a resumed session would see whole. */
    record Apart(String why) implements Merge {}

    /** What may be changed to bring the two together. */
    enum Rule {
        /** The first stays as it is, the second's own records are put behind it. */
        FIRST_STAYS,
        /** The one with the latest message comes last, unless that would hide the other. */
        BY_TIME
    }

    static Merge of(Payload first, Payload second, Chain chain, Rule rule) throws IOException {
        return of(first, second, Comparison.of(first, second), chain, rule);
    }

    static Merge of(Payload first, Payload second, Comparison comparison, Chain chain, Rule rule) throws IOException {
        Tail one = Tail.read(first, comparison.commonInFirst(), chain);
        Tail other = Tail.read(second, comparison.commonInSecond(), chain);
        if (one.contradicts(other)) {
            return new Apart("a record that both have was changed in one of them");
        }
        boolean firstAdds = other.lacksSomeOf(one);
        boolean secondAdds = one.lacksSomeOf(other);
        if (!secondAdds) {
            return firstAdds ? new NothingNew() : new Same();
        }
        Beginning beginning = new Beginning(first, comparison.commonInFirst());
        Joint behind = new Joint(one, other, beginning);
        Joint before = new Joint(other, one, beginning);
        boolean swap = rule == Rule.BY_TIME && firstAdds && isLater(one, other);
        return switch ((swap ? before : behind).join()) {
            case Joint.Joined joined -> new United(joined.payload(), joined.reparented(), !swap, firstAdds);
            case Joint.Refused _ when !firstAdds -> new United(second, 0, false, false);
            case Joint.Refused refused when rule == Rule.FIRST_STAYS -> new Apart(refused.why());
            case Joint.Refused refused ->
                switch ((swap ? behind : before).join()) {
                    case Joint.Joined joined -> new United(joined.payload(), joined.reparented(), swap, true);
                    case Joint.Refused _ -> new Apart(refused.why());
                };
        };
    }

    /** Whether the first has the latest message, or is to come last for another reason that does not depend on order. */
    private static boolean isLater(Tail first, Tail second) {
        List<TailRecord> own = first.notIn(second);
        List<TailRecord> others = second.notIn(first);
        int byTime = Long.compare(
                Tail.latest(own).orElse(TailRecord.NO_TIME), Tail.latest(others).orElse(TailRecord.NO_TIME));
        Comparator<List<TailRecord>> byEnd = Comparator.comparing(
                records -> Tail.endOf(records).orElse(records.getLast()).key());
        return byTime != 0 ? byTime > 0 : byEnd.compare(own, others) > 0;
    }
}
