package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.EditedPayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.SplicedPayload;
import dev.sessionrelay.transcript.Comparison;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stored version of records and this machine's own. Records of a kind that nobody here knows may be missing in the
 * own one, since a restore leaves them out; that makes no difference between the two.
 */
final class Continued {
    private static final long ENOUGH = 1 << 20;

    private final Payload theirs;
    private final Payload own;
    private final Payload theirsKnown;
    private final Payload ownKnown;
    private final Comparison comparison;

    /** @param areRecords else the two are compared byte by byte */
    Continued(Payload theirs, Payload own, boolean areRecords) throws IOException {
        this.theirs = theirs;
        this.own = own;
        this.theirsKnown = areRecords ? known(theirs) : theirs;
        this.ownKnown = areRecords ? known(own) : own;
        this.comparison = Comparison.of(theirsKnown, ownKnown);
    }

    private static Payload known(Payload records) throws IOException {
        return Travelling.of(records, Travelling.Unknown.LEFT_OUT).records();
    }

    Comparison.Relation relation() {
        return comparison.relation();
    }

    /** The lines that both have as the store has them, and what the own version has behind them. */
    Payload behindCommonLines() throws IOException {
        return joined(comparison.commonInFirst(), comparison.commonInSecond());
    }

    /** All of the stored version, and what the own one has behind what agrees. */
    Payload behindStored() throws IOException {
        return joined(theirsKnown.size(), comparison.agreedInSecond());
    }

    private Payload joined(long theirsTo, long ownFrom) throws IOException {
        MissingStretch stored = leftOut(theirs, theirsKnown, theirsTo);
        MissingStretch here = leftOut(own, ownKnown, ownFrom);
        long from = stored.isSame(here) ? here.to : here.from;
        return new SplicedPayload().add(theirs, 0, stored.to).add(own, from, own.size());
    }

    /** What was left out at a place, to which the same place leads ahead of it and behind it. */
    private static MissingStretch leftOut(Payload whole, Payload known, long at) {
        return !known.equals(whole) && known instanceof EditedPayload edited
                ? new MissingStretch(whole, edited.inBase(at), edited.behindLeftOut(at))
                : new MissingStretch(whole, at, at);
    }

    private record MissingStretch(Payload payload, long from, long to) {
        boolean isSame(MissingStretch other) throws IOException {
            return to - from == other.to - other.from && to - from <= ENOUGH && Arrays.equals(bytes(), other.bytes());
        }

        private byte[] bytes() throws IOException {
            if (from == to) {
                return new byte[0];
            }
            try (InputStream in = payload.open(from)) {
                return in.readNBytes((int) (to - from));
            }
        }
    }
}
