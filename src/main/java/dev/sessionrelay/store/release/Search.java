package dev.sessionrelay.store.release;

import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds sessions under the tags that they were saved under, and where that has none, in releases that others have renamed,
 * or that have a name as it was made before: what a release holds is known by its assets.
 */
final class Search {
    private final Releases releases;
    private final Reading reading;

    Search(Releases releases, Reading reading) {
        this.releases = releases;
        this.reading = reading;
    }

    /** A session and the release that it was found in. */
    record Found(Draft draft, StoredSession session) {}

    /** One session of one release, and when it was saved. */
    private record Dated(Draft draft, Kept kept, Instant at) {}

    Optional<Found> find(Query query, Releases.Listed listed) throws IOException {
        return switch (query) {
            case Query.ByRef(Ref ref) -> {
                ReleaseRef parsed = ReleaseRef.of(ref);
                yield find(List.of(parsed.tag()), parsed.id(), listed);
            }
            case Query.BySession(SessionId id, Optional<Key> key)
            when key.isPresent() -> find(TagName.allOf(key.get()), id, listed);
            case Query.BySession(SessionId id, Optional<Key> _) -> newestOf(id, listed);
            case Query.ByKey(Key key) -> latestOf(key, listed);
        };
    }

    /** The releases that this query wants, where it wants nothing else. */
    static Optional<TagName> wanted(Query query) {
        return switch (query) {
            case Query.ByRef(Ref ref) -> Optional.of(ReleaseRef.of(ref).tag());
            case Query.BySession(SessionId _, Optional<Key> key) -> key.map(TagName::of);
            case Query.ByKey(Key key) -> Optional.of(TagName.of(key));
        };
    }

    private Optional<Found> find(List<TagName> tags, SessionId id, Releases.Listed listed) throws IOException {
        TagName tag = tags.getFirst();
        Optional<Draft> own = releases.of(tag, listed);
        Optional<StoredSession> session = own.isEmpty() ? Optional.empty() : reading.current(own.get(), id);
        if (session.isPresent()) {
            return Optional.of(new Found(own.get(), session.get()));
        }
        return first(elsewhere(tags, Optional.of(id), listed), any -> true);
    }

    private Optional<Found> latestOf(Key key, Releases.Listed listed) throws IOException {
        List<TagName> tags = TagName.allOf(key);
        Predicate<StoredSession> isMeant = session -> session.manifest().key().equals(Optional.of(key.text()));
        Optional<Draft> own = releases.of(tags.getFirst(), listed);
        List<Dated> here = own.isEmpty() ? List.of() : sessionsOf(own.get());
        Optional<Found> found = first(here, isMeant);
        return found.isPresent() ? found : first(elsewhere(tags, Optional.empty(), listed), isMeant);
    }

    private Optional<Found> newestOf(SessionId id, Releases.Listed listed) throws IOException {
        List<Dated> copies = new ArrayList<>();
        for (TagName tag : tagsThatHave(id, listed)) {
            copies.add(dated(releases.of(tag, listed).orElseThrow(), id));
        }
        return first(copies.isEmpty() ? elsewhere(List.of(), Optional.of(id), listed) : copies, any -> true);
    }

    private static List<TagName> tagsThatHave(SessionId id, Releases.Listed listed) {
        return listed.drafts().stream()
                .filter(draft -> draft.tag().isOfSessions())
                .filter(draft -> Kept.idsIn(draft.assets()).contains(id))
                .map(Draft::tag)
                .distinct()
                .toList();
    }

    /** Every session of every release, under the tag that it belongs to. */
    List<Draft> all(Releases.Listed listed) throws IOException {
        List<Draft> all = new ArrayList<>();
        for (Draft draft : listed.drafts()) {
            if (draft.tag().isOfSessions()) {
                all.add(draft);
            } else {
                for (SessionId id : Kept.idsIn(draft.assets())) {
                    reading.tagsOf(draft, id).stream()
                            .findFirst()
                            .map(tag -> draft.under(tag).with(id))
                            .ifPresent(all::add);
                }
            }
        }
        return all;
    }

    /**
     * Sessions of these tags that lie in releases of another name.
     *
     * @param tags none for those of any tag
     * @param only the one session that is wanted, else all
     */
    private List<Dated> elsewhere(List<TagName> tags, Optional<SessionId> only, Releases.Listed listed)
            throws IOException {
        List<Dated> found = new ArrayList<>();
        for (Draft draft : listed.drafts()) {
            boolean mayHold = !draft.tag().isOfSessions() || tags.contains(draft.tag()) || only.isPresent();
            if (!mayHold || (!tags.isEmpty() && draft.tag().equals(tags.getFirst()))) {
                continue;
            }
            for (SessionId id : Kept.idsIn(draft.assets())) {
                if (only.isPresent() && !only.get().equals(id)) {
                    continue;
                }
                List<TagName> theirs = reading.tagsOf(draft, id);
                if (!theirs.isEmpty() && (tags.isEmpty() || theirs.stream().anyMatch(tags::contains))) {
                    found.add(dated(draft.under(theirs.getFirst()), id));
                }
            }
        }
        return found;
    }

    private List<Dated> sessionsOf(Draft draft) {
        List<Dated> sessions = new ArrayList<>();
        for (SessionId id : Kept.idsIn(draft.assets())) {
            sessions.add(dated(draft, id));
        }
        return sessions;
    }

    private Dated dated(Draft draft, SessionId id) {
        Kept kept = Kept.of(id, draft.assets());
        return new Dated(draft, kept, reading.savedAt(kept));
    }

    private Optional<Found> first(List<Dated> sessions, Predicate<StoredSession> isMeant) throws IOException {
        List<Dated> sorted = new ArrayList<>(sessions);
        sorted.sort(Comparator.comparing(Dated::at)
                .thenComparingLong((Dated dated) -> dated.kept().newest().id())
                .reversed());
        for (Dated dated : sorted) {
            Optional<StoredSession> session =
                    reading.current(dated.draft(), dated.kept().id());
            if (session.filter(isMeant).isPresent()) {
                return Optional.of(new Found(dated.draft(), session.get()));
            }
        }
        return Optional.empty();
    }
}
