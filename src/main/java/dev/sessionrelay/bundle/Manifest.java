package dev.sessionrelay.bundle;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a stored session is and what it is made of.
 *
 * <p>Of a sealed session a store has a manifest without facts, whose entries are sealed files. Opened, it has the facts
 * and entries that it was sealed with, and still says that it is sealed.
 *
 * @param key the thread that it was last saved under
 * @param continues the session that this one continues in another way, when it was kept beside it after a conflict
 * @param signature of the {@link Statement} that follows from it, in letters, as {@code ssh-keygen -Y sign} writes it
 */
public record Manifest(
        SessionId sessionId,
        Optional<String> key,
        Optional<SessionId> continues,
        Facts facts,
        Origin origin,
        Prepared prepared,
        List<Entry> entries,
        Optional<Seal> seal,
        Optional<String> signature) {

    public Manifest(
            SessionId sessionId,
            Optional<String> key,
            Optional<SessionId> continues,
            Facts facts,
            Origin origin,
            Prepared prepared,
            List<Entry> entries) {
        this(sessionId, key, continues, facts, origin, prepared, entries, Optional.empty(), Optional.empty());
    }

    public Manifest {
        entries = List.copyOf(entries);
        Set<EntryName> names = new HashSet<>();
        for (Entry entry : entries) {
            if (!names.add(entry.name())) {
                throw new IllegalArgumentException(entry.name() + " is listed twice");
            }
        }
        if (!names.contains(EntryName.TRANSCRIPT) && seal.isEmpty()) {
            throw new IllegalArgumentException(EntryName.TRANSCRIPT + " is missing");
        }
    }

    public Entry transcript() {
        return entry(EntryName.TRANSCRIPT).orElseThrow();
    }

    /** Of a sealed session, opened or not, what the store has of it. */
    public Manifest asStored() {
        return seal.isEmpty() || isClosed()
                ? this
                : new Manifest(
                        sessionId,
                        key,
                        continues,
                        Facts.UNKNOWN,
                        origin,
                        Prepared.NOTHING,
                        seal.get().files(),
                        seal,
                        signature);
    }

    /** Whether it is sealed, and nobody has opened it. */
    public boolean isClosed() {
        return entry(EntryName.TRANSCRIPT).isEmpty();
    }

    public Optional<Entry> entry(EntryName name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The size of everything together. */
    public long size() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    public Manifest withKey(String newKey) {
        return new Manifest(
                sessionId, Optional.of(newKey), continues, facts, origin, prepared, entries, seal, signature);
    }

    public Manifest withPrepared(Prepared newPrepared) {
        return new Manifest(sessionId, key, continues, facts, origin, newPrepared, entries, seal, signature);
    }

    public Manifest withEntries(List<Entry> newEntries) {
        return new Manifest(sessionId, key, continues, facts, origin, prepared, newEntries, seal, signature);
    }

    public Manifest withSignature(Optional<String> newSignature) {
        return new Manifest(sessionId, key, continues, facts, origin, prepared, entries, seal, newSignature);
    }

    public Manifest withSeal(Optional<Seal> newSeal) {
        return new Manifest(sessionId, key, continues, facts, origin, prepared, entries, newSeal, signature);
    }
}
