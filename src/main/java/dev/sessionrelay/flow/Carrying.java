package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes over what a stored session has and this machine lacks: files that Claude Code has cleaned up here, and subagents
 * that have gone on elsewhere. Only then does a save lose nothing.
 */
final class Carrying {
    private Carrying() {}

    static Bundle carry(Bundle own, Bundle stored) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Map<EntryName, Payload> payloads = new TreeMap<>();
        for (Entry entry : own.manifest().entries()) {
            Optional<Entry> other = stored.manifest().entry(entry.name());
            boolean storedIsFurther = other.isPresent() && isFurther(entry, own, other.get(), stored);
            entries.add(storedIsFurther ? other.get() : entry);
            payloads.put(entry.name(), (storedIsFurther ? stored : own).payload(entry.name()));
        }
        for (Entry entry : stored.manifest().entries()) {
            if (own.manifest().entry(entry.name()).isEmpty()) {
                entries.add(entry);
                payloads.put(entry.name(), stored.payload(entry.name()));
            }
        }
        return new Bundle(own.manifest().withEntries(entries), payloads);
    }

    private static boolean isFurther(Entry mine, Bundle own, Entry theirs, Bundle stored) throws IOException {
        return mine.name().isRecords()
                && !mine.name().equals(EntryName.TRANSCRIPT)
                && mine.size() < theirs.size()
                && Comparison.of(own.payload(mine.name()), stored.payload(mine.name()))
                                .relation()
                        == Comparison.Relation.SHORTER;
    }
}
