package dev.sessionrelay.session;

import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptFacts;
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
 * @param counter grows with every save; 0 where none was kept. See {@link #after}
 * @param exact whether what was read said this and nothing else; only asked of what is signed
 */
public record Manifest(
        SessionId sessionId,
        Optional<String> key,
        Optional<SessionId> continues,
        TranscriptFacts facts,
        Origin origin,
        Changes prepared,
        List<Entry> entries,
        Optional<Seal> seal,
        Optional<String> signature,
        long counter,
        boolean exact) {

    public Manifest(
            SessionId sessionId,
            Optional<String> key,
            Optional<SessionId> continues,
            TranscriptFacts facts,
            Origin origin,
            Changes prepared,
            List<Entry> entries) {
        this(sessionId, key, continues, facts, origin, prepared, entries, Optional.empty(), Optional.empty(), 0, true);
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
                        TranscriptFacts.UNKNOWN,
                        origin,
                        Changes.NOTHING,
                        seal.get().files(),
                        seal,
                        signature,
                        counter,
                        exact);
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
        return with(Optional.of(newKey), prepared, entries, seal, signature, counter);
    }

    public Manifest withPrepared(Changes newPrepared) {
        return with(key, newPrepared, entries, seal, signature, counter);
    }

    public Manifest withEntries(List<Entry> newEntries) {
        return with(key, prepared, newEntries, seal, signature, counter);
    }

    public Manifest withSignature(Optional<String> newSignature) {
        return with(key, prepared, entries, seal, newSignature, counter);
    }

    public Manifest withSeal(Optional<Seal> newSeal) {
        return with(key, prepared, entries, newSeal, signature, counter);
    }

    /** Counted as the save after another, by any clock: time, but always more than before. */
    public Manifest after(Optional<Manifest> earlier) {
        long next = earlier.map(Manifest::counter).orElse(0L) + 1;
        return with(
                key,
                prepared,
                entries,
                seal,
                signature,
                Math.max(next, origin.savedAt().toEpochMilli()));
    }

    /** Opened: what is inside of a sealed one, which stays what the store has. */
    public Manifest insideOf(Manifest sealed, Seal seal) {
        return withSeal(Optional.of(seal)).withSignature(sealed.signature()).withExact(sealed.exact());
    }

    /** Without what only the save itself tells of what is in it. */
    public Manifest withoutFacts() {
        return new Manifest(
                sessionId,
                key,
                continues,
                TranscriptFacts.UNKNOWN,
                origin,
                Changes.NOTHING,
                entries,
                seal,
                signature,
                counter,
                exact);
    }

    Manifest withExact(boolean isExact) {
        return new Manifest(
                sessionId, key, continues, facts, origin, prepared, entries, seal, signature, counter, isExact);
    }

    private Manifest with(
            Optional<String> newKey,
            Changes newPrepared,
            List<Entry> newEntries,
            Optional<Seal> newSeal,
            Optional<String> newSignature,
            long newCounter) {
        return new Manifest(
                sessionId,
                newKey,
                continues,
                facts,
                origin,
                newPrepared,
                newEntries,
                newSeal,
                newSignature,
                newCounter,
                exact);
    }
}
