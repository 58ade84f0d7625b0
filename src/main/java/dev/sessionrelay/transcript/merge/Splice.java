package dev.sessionrelay.transcript.merge;

import dev.sessionrelay.io.SplicedPayload;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.merge.ContinuationRecord.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what the second has for itself behind all of the first, or says why a resumed session would not see both. */
final class Splice {
    private final Continuation first;
    private final Continuation second;
    private final CommonChain beginning;
    private final List<ContinuationRecord> own;

    sealed interface SpliceOutcome permits Joined, SpliceRefused {}

    record Joined(SplicedPayload payload, int reparented) implements SpliceOutcome {}

    record SpliceRefused(String why) implements SpliceOutcome {}

    Splice(Continuation first, Continuation second, CommonChain beginning) {
        this.first = first;
        this.second = second;
        this.beginning = beginning;
        this.own = second.notIn(first);
    }

    SpliceOutcome join() throws IOException {
        Optional<ContinuationRecord> ownEnd = Continuation.endOf(own);
        Optional<ContinuationRecord> end = first.end();
        if (ownEnd.isEmpty() || end.isEmpty()) {
            return new Joined(composed(Map.of()), 0);
        }
        List<SpliceStretch> stretches = stretchesTo(ownEnd.get());
        ContinuationRecord root = stretches.getFirst().root();
        if (root.startsChain()) {
            return new SpliceRefused(
                    root.follows() == null
                            ? "one of them begins a conversation of its own"
                            : "what is before a compaction would not be seen, and it was compacted in one of them");
        }
        if (stretches.size() == 1 && end.get().key().equals(root.follows())) {
            return new Joined(composed(Map.of()), 0);
        }
        if (first.endsInToolCall()) {
            return new SpliceRefused("one of them ends in the middle of a tool call");
        }
        if (beginsInsideATurn()) {
            return new SpliceRefused("one of them goes on in the middle of a turn that the other had left");
        }
        for (SpliceStretch stretch : stretches) {
            RecordHash before = stretch.root().follows();
            if (before == null || !firstSees(end.get(), before)) {
                return new SpliceRefused("one of them went back to an earlier message, which the other had not");
            }
        }
        if (!isFoundAtTheEnd()) {
            return new SpliceRefused("an older Claude Code would go on behind the other one, whose messages are later");
        }
        Map<RecordHash, String> parents = new HashMap<>();
        ContinuationRecord before = end.get();
        Continuation source = first;
        for (SpliceStretch stretch : stretches) {
            if (!before.key().equals(stretch.root().follows())) {
                String uuid = source.uuidOf(before);
                if (!SessionId.isOne(uuid)) {
                    return new SpliceRefused("a record's id is no UUID");
                }
                parents.put(stretch.root().key(), "\"" + uuid + "\"");
            }
            before = stretch.end();
            source = second;
        }
        return new Joined(composed(parents), parents.size());
    }

    /** A part of the second's chain that the first lacks, between others that it has. */
    private record SpliceStretch(ContinuationRecord root, ContinuationRecord end) {}

    /**
     * The parts of the way to this end that the first lacks, the oldest first. There is more than one when the second
     * has records of the first in between, as after a merge in another order.
     */
    private List<SpliceStretch> stretchesTo(ContinuationRecord end) {
        Set<RecordHash> mine = new HashSet<>();
        own.forEach(record -> mine.add(record.key()));
        List<SpliceStretch> stretches = new ArrayList<>();
        Set<RecordHash> passed = new HashSet<>();
        boolean inside = false;
        for (ContinuationRecord at = end; at != null && passed.add(at.key()); at = before(at)) {
            if (!mine.contains(at.key())) {
                inside = false;
            } else if (inside) {
                stretches.addFirst(new SpliceStretch(at, stretches.removeFirst().end()));
            } else {
                stretches.addFirst(new SpliceStretch(at, at));
                inside = true;
            }
        }
        return stretches;
    }

    private @Nullable ContinuationRecord before(ContinuationRecord record) {
        return record.startsChain() ? null : second.byKey().get(record.follows());
    }

    /** Whether a tool's result comes without its call, which then is in what both have. */
    private boolean beginsInsideATurn() {
        Set<String> called = new HashSet<>();
        for (ContinuationRecord record : own) {
            if (record.role() == Role.WORD) {
                called.addAll(record.calls());
                if (!called.containsAll(record.results())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether all messages that the second built on are also before the first's end. */
    private boolean firstSees(ContinuationRecord end, RecordHash before) throws IOException {
        Set<RecordHash> seen = new HashSet<>();
        RecordHash at = end.key();
        while (at != null && seen.add(at)) {
            if (at.equals(before)) {
                return true;
            }
            ContinuationRecord here = first.byKey().get(at);
            if (here == null) {
                break;
            }
            at = here.follows();
        }
        for (CommonChain.Link link = link(at); link != null; link = link(at)) {
            at = link.follows();
            if (at == null || !seen.add(at)) {
                break;
            }
        }
        Set<RecordHash> passed = new HashSet<>();
        for (RecordHash back = before; back != null && passed.add(back); ) {
            if (seen.contains(back)) {
                return true;
            }
            ContinuationRecord here = second.byKey().get(back);
            CommonChain.Link link = here == null
                    ? link(back)
                    : new CommonChain.Link(here.follows(), here.role().isMessage());
            if (link == null || link.isMessage()) {
                return false;
            }
            back = link.follows();
        }
        return false;
    }

    private CommonChain.@Nullable Link link(@Nullable RecordHash key) throws IOException {
        return key == null ? null : beginning.link(key);
    }

    /** Whether every version of Claude Code that wrote here takes the joined file's last message for the end. */
    private boolean isFoundAtTheEnd() {
        OptionalLong latest = Continuation.latest(first.records());
        OptionalLong latestOwn = Continuation.latest(own);
        return (first.namesItsEnd() && second.namesItsEnd())
                || latest.isEmpty()
                || (latestOwn.isPresent() && latestOwn.getAsLong() >= latest.getAsLong());
    }

    private SplicedPayload composed(Map<RecordHash, String> parents) throws IOException {
        SplicedPayload pieces =
                new SplicedPayload().add(first.payload(), 0, first.payload().size());
        if (!own.isEmpty() && !endsWithNewline()) {
            pieces.add("\n");
        }
        for (ContinuationRecord record : own) {
            String parent = record.role() == Role.STATE ? null : parents.get(record.key());
            if (parent == null) {
                pieces.add(second.payload(), record.start(), record.end());
            } else {
                pieces.add(second.payload(), record.start(), record.parentStart());
                pieces.add(parent);
                pieces.add(second.payload(), record.parentEnd(), record.end());
            }
        }
        return pieces;
    }

    private boolean endsWithNewline() throws IOException {
        long size = first.payload().size();
        if (size == 0) {
            return true;
        }
        try (InputStream last = first.payload().open(size - 1)) {
            return last.read() == '\n';
        }
    }
}
