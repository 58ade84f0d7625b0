package dev.sessionrelay.transcript.merge;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.transcript.Comparison;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * How two versions of the same records become one. Records are known by their uuid, or by their bytes when they have
 * none: what the one has already is not added again, wherever in the file it stands. So merging twice changes nothing,
 * and who comes first does not matter.
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
    enum MergeRule {
        /** The first stays as it is, the second's own records are put behind it. */
        FIRST_STAYS,
        /** The one with the latest message comes last, unless that would hide the other. */
        BY_TIME
    }

    static Merge of(Payload first, Payload second, Chain chain, MergeRule rule) throws IOException {
        return of(first, second, Comparison.of(first, second), chain, rule);
    }

    static Merge of(Payload first, Payload second, Comparison comparison, Chain chain, MergeRule rule)
            throws IOException {
        Continuation one = Continuation.read(first, comparison.commonInFirst(), chain);
        Continuation other = Continuation.read(second, comparison.commonInSecond(), chain);
        if (one.contradicts(other)) {
            return new Apart("a record that both have was changed in one of them");
        }
        boolean firstAdds = other.lacksSomeOf(one);
        boolean secondAdds = one.lacksSomeOf(other);
        if (!secondAdds) {
            return firstAdds ? new NothingNew() : new Same();
        }
        CommonChain beginning = new CommonChain(first, comparison.commonInFirst());
        Splice behind = new Splice(one, other, beginning);
        Splice before = new Splice(other, one, beginning);
        boolean swap = rule == MergeRule.BY_TIME && firstAdds && isLater(one, other);
        return switch ((swap ? before : behind).join()) {
            case Splice.Joined joined -> new United(joined.payload(), joined.reparented(), !swap, firstAdds);
            case Splice.SpliceRefused _ when !firstAdds -> new United(second, 0, false, false);
            case Splice.SpliceRefused refused when rule == MergeRule.FIRST_STAYS -> new Apart(refused.why());
            case Splice.SpliceRefused refused ->
                switch ((swap ? behind : before).join()) {
                    case Splice.Joined joined -> new United(joined.payload(), joined.reparented(), swap, true);
                    case Splice.SpliceRefused _ -> new Apart(refused.why());
                };
        };
    }

    /**
     * Whether the first has the latest message, or is to come last for another reason that does not depend on order.
     */
    private static boolean isLater(Continuation first, Continuation second) {
        List<ContinuationRecord> own = first.notIn(second);
        List<ContinuationRecord> others = second.notIn(first);
        int byTime = Long.compare(
                Continuation.latest(own).orElse(ContinuationRecord.NO_TIME),
                Continuation.latest(others).orElse(ContinuationRecord.NO_TIME));
        Comparator<List<ContinuationRecord>> byEnd = Comparator.comparing(
                records -> Continuation.endOf(records).orElse(records.getLast()).key());
        return byTime != 0 ? byTime > 0 : byEnd.compare(own, others) > 0;
    }
}
