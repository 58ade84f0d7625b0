package dev.sessionrelay.bundle;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a stored session is and what it is made of.
 *
 * @param key the thread that it was last saved under
 * @param continues the session that this one continues in another way, when it was kept beside it after a conflict
 */
public record Manifest(
        SessionId sessionId,
        Optional<String> key,
        Optional<SessionId> continues,
        Facts facts,
        Origin origin,
        Prepared prepared,
        List<Entry> entries) {

    public Manifest {
        entries = List.copyOf(entries);
        Set<EntryName> names = new HashSet<>();
        for (Entry entry : entries) {
            if (!names.add(entry.name())) {
                throw new IllegalArgumentException(entry.name() + " is listed twice");
            }
        }
        if (!names.contains(EntryName.TRANSCRIPT)) {
            throw new IllegalArgumentException(EntryName.TRANSCRIPT + " is missing");
        }
    }

    public Entry transcript() {
        return entry(EntryName.TRANSCRIPT).orElseThrow();
    }

    public Optional<Entry> entry(EntryName name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The size of everything together. */
    public long size() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    public Manifest withKey(String newKey) {
        return new Manifest(sessionId, Optional.of(newKey), continues, facts, origin, prepared, entries);
    }

    public Manifest withPrepared(Prepared newPrepared) {
        return new Manifest(sessionId, key, continues, facts, origin, newPrepared, entries);
    }

    public Manifest withEntries(List<Entry> newEntries) {
        return new Manifest(sessionId, key, continues, facts, origin, prepared, newEntries);
    }
}
