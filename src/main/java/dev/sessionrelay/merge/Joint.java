package dev.sessionrelay.merge;

import dev.sessionrelay.bundle.Pieces;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.merge.TailRecord.Role;
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
final class Joint {
    private final Tail first;
    private final Tail second;
    private final Beginning beginning;
    private final List<TailRecord> own;

    sealed interface Outcome permits Joined, Refused {}

    record Joined(Pieces payload, int reparented) implements Outcome {}

    record Refused(String why) implements Outcome {}

    Joint(Tail first, Tail second, Beginning beginning) {
        this.first = first;
        this.second = second;
        this.beginning = beginning;
        this.own = second.notIn(first);
    }

    Outcome join() throws IOException {
        Optional<TailRecord> ownEnd = Tail.endOf(own);
        Optional<TailRecord> end = first.end();
        if (ownEnd.isEmpty() || end.isEmpty()) {
            return new Joined(composed(Map.of()), 0);
        }
        List<Stretch> stretches = stretchesTo(ownEnd.get());
        TailRecord root = stretches.getFirst().root();
        if (root.startsChain()) {
            return new Refused(
                    root.follows() == null
                            ? "one of them begins a conversation of its own"
                            : "what is before a compaction would not be seen, and it was compacted in one of them");
        }
        if (stretches.size() == 1 && end.get().key().equals(root.follows())) {
            return new Joined(composed(Map.of()), 0);
        }
        if (first.endsInToolCall()) {
            return new Refused("one of them ends in the middle of a tool call");
        }
        if (beginsInsideATurn()) {
            return new Refused("one of them goes on in the middle of a turn that the other had left");
        }
        for (Stretch stretch : stretches) {
            Mark before = stretch.root().follows();
            if (before == null || !firstSees(end.get(), before)) {
                return new Refused("one of them went back to an earlier message, which the other had not");
            }
        }
        if (!isFoundAtTheEnd()) {
            return new Refused("an older Claude Code would go on behind the other one, whose messages are later");
        }
        Map<Mark, String> parents = new HashMap<>();
        TailRecord before = end.get();
        Tail source = first;
        for (Stretch stretch : stretches) {
            if (!before.key().equals(stretch.root().follows())) {
                String uuid = source.uuidOf(before);
                if (!SessionId.isOne(uuid)) {
                    return new Refused("a record's id is no UUID");
                }
                parents.put(stretch.root().key(), "\"" + uuid + "\"");
            }
            before = stretch.end();
            source = second;
        }
        return new Joined(composed(parents), parents.size());
    }

    /** A part of the second's chain that the first lacks, between others that it has. */
    private record Stretch(TailRecord root, TailRecord end) {}

    /**
     * The parts of the way to this end that the first lacks, the oldest first. There is more than one when the second has
     * records of the first in between, as after a merge in another order.
     */
    private List<Stretch> stretchesTo(TailRecord end) {
        Set<Mark> mine = new HashSet<>();
        own.forEach(record -> mine.add(record.key()));
        List<Stretch> stretches = new ArrayList<>();
        Set<Mark> passed = new HashSet<>();
        boolean inside = false;
        for (TailRecord at = end; at != null && passed.add(at.key()); at = before(at)) {
            if (!mine.contains(at.key())) {
                inside = false;
            } else if (inside) {
                stretches.addFirst(new Stretch(at, stretches.removeFirst().end()));
            } else {
                stretches.addFirst(new Stretch(at, at));
                inside = true;
            }
        }
        return stretches;
    }

    private @Nullable TailRecord before(TailRecord record) {
        return record.startsChain() ? null : second.byKey().get(record.follows());
    }

    /** Whether a tool's result comes without its call, which then is in what both have. */
    private boolean beginsInsideATurn() {
        Set<String> called = new HashSet<>();
        for (TailRecord record : own) {
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
    private boolean firstSees(TailRecord end, Mark before) throws IOException {
        Set<Mark> seen = new HashSet<>();
        Mark at = end.key();
        while (at != null && seen.add(at)) {
            if (at.equals(before)) {
                return true;
            }
            TailRecord here = first.byKey().get(at);
            if (here == null) {
                break;
            }
            at = here.follows();
        }
        for (Beginning.Link link = link(at); link != null; link = link(at)) {
            at = link.follows();
            if (at == null || !seen.add(at)) {
                break;
            }
        }
        Set<Mark> passed = new HashSet<>();
        for (Mark back = before; back != null && passed.add(back); ) {
            if (seen.contains(back)) {
                return true;
            }
            TailRecord here = second.byKey().get(back);
            Beginning.Link link = here == null
                    ? link(back)
                    : new Beginning.Link(here.follows(), here.role().isMessage());
            if (link == null || link.isMessage()) {
                return false;
            }
            back = link.follows();
        }
        return false;
    }

    private Beginning.@Nullable Link link(@Nullable Mark key) throws IOException {
        return key == null ? null : beginning.link(key);
    }

    /** Whether every version of Claude Code that wrote here takes the joined file's last message for the end. */
    private boolean isFoundAtTheEnd() {
        OptionalLong latest = Tail.latest(first.records());
        OptionalLong latestOwn = Tail.latest(own);
        return (first.namesItsEnd() && second.namesItsEnd())
                || latest.isEmpty()
                || (latestOwn.isPresent() && latestOwn.getAsLong() >= latest.getAsLong());
    }

    private Pieces composed(Map<Mark, String> parents) throws IOException {
        Pieces pieces = new Pieces().add(first.payload(), 0, first.payload().size());
        if (!own.isEmpty() && !endsWithNewline()) {
            pieces.add("\n");
        }
        for (TailRecord record : own) {
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
