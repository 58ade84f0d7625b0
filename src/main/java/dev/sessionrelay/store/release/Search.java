package dev.sessionrelay.store.release;

import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds sessions under the tags that they were saved under, and where that has none, in releases that others have
 * renamed, or that have a name as it was made before: what a release holds is known by its assets.
 */
final class Search {
    private final Releases releases;
    private final ReleaseReader reading;

    Search(Releases releases, ReleaseReader reading) {
        this.releases = releases;
        this.reading = reading;
    }

    /** A session and the release that it was found in. */
    record FoundRelease(SessionRelease draft, StoredSession session) {}

    /** One session of one release, and when it was saved. */
    private record DatedRelease(SessionRelease draft, SessionAssets kept, Instant at) {}

    Optional<FoundRelease> find(Query query, Releases.ListedReleases listed) throws IOException {
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

    private Optional<FoundRelease> find(List<TagName> tags, SessionId id, Releases.ListedReleases listed)
            throws IOException {
        TagName tag = tags.getFirst();
        Optional<SessionRelease> own = releases.of(tag, listed);
        Optional<StoredSession> session = own.isEmpty() ? Optional.empty() : reading.current(own.get(), id);
        if (session.isPresent()) {
            return Optional.of(new FoundRelease(own.get(), session.get()));
        }
        return first(elsewhere(tags, Optional.of(id), listed), any -> true);
    }

    private Optional<FoundRelease> latestOf(Key key, Releases.ListedReleases listed) throws IOException {
        List<TagName> tags = TagName.allOf(key);
        Predicate<StoredSession> isMeant = session -> session.manifest().key().equals(Optional.of(key.text()));
        Optional<SessionRelease> own = releases.of(tags.getFirst(), listed);
        List<DatedRelease> here = own.isEmpty() ? List.of() : sessionsOf(own.get());
        Optional<FoundRelease> found = first(here, isMeant);
        return found.isPresent() ? found : first(elsewhere(tags, Optional.empty(), listed), isMeant);
    }

    private Optional<FoundRelease> newestOf(SessionId id, Releases.ListedReleases listed) throws IOException {
        List<DatedRelease> copies = new ArrayList<>();
        for (TagName tag : tagsThatHave(id, listed)) {
            copies.add(dated(releases.of(tag, listed).orElseThrow(), id));
        }
        return first(copies.isEmpty() ? elsewhere(List.of(), Optional.of(id), listed) : copies, any -> true);
    }

    private static List<TagName> tagsThatHave(SessionId id, Releases.ListedReleases listed) {
        return listed.drafts().stream()
                .filter(draft -> draft.tag().isOfSessions())
                .filter(draft -> SessionAssets.idsIn(draft.assets()).contains(id))
                .map(SessionRelease::tag)
                .distinct()
                .toList();
    }

    /** Every session of every release, under the tag that it belongs to. */
    List<SessionRelease> all(Releases.ListedReleases listed) throws IOException {
        List<SessionRelease> all = new ArrayList<>();
        for (SessionRelease draft : listed.drafts()) {
            if (draft.tag().isOfSessions()) {
                all.add(draft);
            } else {
                for (SessionId id : SessionAssets.idsIn(draft.assets())) {
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
    private List<DatedRelease> elsewhere(List<TagName> tags, Optional<SessionId> only, Releases.ListedReleases listed)
            throws IOException {
        List<DatedRelease> found = new ArrayList<>();
        for (SessionRelease draft : listed.drafts()) {
            boolean mayHold = !draft.tag().isOfSessions() || tags.contains(draft.tag()) || only.isPresent();
            if (!mayHold || (!tags.isEmpty() && draft.tag().equals(tags.getFirst()))) {
                continue;
            }
            for (SessionId id : SessionAssets.idsIn(draft.assets())) {
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

    private List<DatedRelease> sessionsOf(SessionRelease draft) {
        List<DatedRelease> sessions = new ArrayList<>();
        for (SessionId id : SessionAssets.idsIn(draft.assets())) {
            sessions.add(dated(draft, id));
        }
        return sessions;
    }

    private DatedRelease dated(SessionRelease draft, SessionId id) {
        SessionAssets kept = SessionAssets.of(id, draft.assets());
        return new DatedRelease(draft, kept, reading.savedAt(kept));
    }

    private Optional<FoundRelease> first(List<DatedRelease> sessions, Predicate<StoredSession> isMeant)
            throws IOException {
        List<DatedRelease> sorted = new ArrayList<>(sessions);
        sorted.sort(Comparator.comparing(DatedRelease::at)
                .thenComparingLong((DatedRelease dated) -> dated.kept().newest().id())
                .reversed());
        for (DatedRelease dated : sorted) {
            Optional<StoredSession> session =
                    reading.current(dated.draft(), dated.kept().id());
            if (session.filter(isMeant).isPresent()) {
                return Optional.of(new FoundRelease(dated.draft(), session.get()));
            }
        }
        return Optional.empty();
    }
}
