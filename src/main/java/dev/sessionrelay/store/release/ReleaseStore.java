package dev.sessionrelay.store.release;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Publicity;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sessions in the draft releases of a repository. How a save is decided is told in the package's description. */
public final class ReleaseStore implements SessionStore {
    private final Releases releases;
    private final Spool spool;
    private final Reading reading;
    private final Publicity publicity;
    private final Consumer<String> told;
    private Optional<List<Draft>> justListed = Optional.empty();

    /** @param allowPublic whether a release that the public can read may be written to */
    public ReleaseStore(GitHub github, RepositoryName repository, boolean allowPublic, Consumer<String> told) {
        this.releases = new Releases(github, repository);
        this.spool = new Spool(releases);
        this.reading = new Reading(releases, spool);
        this.publicity = new Publicity(allowPublic);
        this.told = told;
    }

    @Override
    public String name() {
        return ReleaseRef.SCHEME + ":" + releases.repository();
    }

    @Override
    public boolean isOfOneProject() {
        return true;
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        List<Draft> listed = releases.list();
        justListed = Optional.of(listed);
        return switch (query) {
            case Query.ByRef(Ref ref) -> {
                ReleaseRef parsed = ReleaseRef.of(ref);
                yield find(parsed.tag(), parsed.id(), listed);
            }
            case Query.BySession(SessionId id, Optional<Key> key)
            when key.isPresent() -> find(TagName.of(key.get()), id, listed);
            case Query.BySession(SessionId id, Optional<Key> _) -> newestOf(id, listed);
            case Query.ByKey(Key key) -> latestOf(key, listed);
        };
    }

    private Optional<StoredSession> find(TagName tag, SessionId id, List<Draft> listed) throws IOException {
        Optional<Draft> draft = releases.of(tag, listed);
        return draft.isEmpty() ? Optional.empty() : reading.current(draft.get(), id);
    }

    /** One session of one release, and when it was saved. */
    private record Dated(Draft draft, Kept kept, Instant at) {}

    private Optional<StoredSession> newestOf(SessionId id, List<Draft> listed) throws IOException {
        List<Dated> copies = new ArrayList<>();
        for (TagName tag : listed.stream().map(Draft::tag).distinct().toList()) {
            boolean has = listed.stream()
                    .anyMatch(draft -> draft.tag().equals(tag)
                            && Kept.idsIn(draft.assets()).contains(id));
            if (has) {
                Draft draft = releases.of(tag, listed).orElseThrow();
                Kept kept = Kept.of(id, draft.assets());
                copies.add(new Dated(draft, kept, reading.savedAt(kept)));
            }
        }
        return first(copies, any -> true);
    }

    private Optional<StoredSession> latestOf(Key key, List<Draft> listed) throws IOException {
        Optional<Draft> draft = releases.of(TagName.of(key), listed);
        if (draft.isEmpty()) {
            return Optional.empty();
        }
        List<Dated> sessions = new ArrayList<>();
        for (SessionId id : Kept.idsIn(draft.get().assets())) {
            Kept kept = Kept.of(id, draft.get().assets());
            sessions.add(new Dated(draft.get(), kept, reading.savedAt(kept)));
        }
        return first(sessions, session -> session.manifest().key().equals(Optional.of(key.text())));
    }

    private Optional<StoredSession> first(List<Dated> sessions, Predicate<StoredSession> isMeant) throws IOException {
        sessions.sort(Comparator.comparing(Dated::at)
                .thenComparingLong((Dated dated) -> dated.kept().newest().id())
                .reversed());
        for (Dated dated : sessions) {
            Optional<StoredSession> session =
                    reading.current(dated.draft(), dated.kept().id());
            if (session.filter(isMeant).isPresent()) {
                return session;
            }
        }
        return Optional.empty();
    }

    /** What became of one session that was to be listed. */
    private record Listed(Optional<StoredSession> session, Optional<String> problem) {}

    @Override
    public Listing list() throws IOException {
        List<Callable<Listed>> readings = new ArrayList<>();
        for (Draft draft : releases.list()) {
            for (SessionId id : Kept.idsIn(draft.assets())) {
                readings.add(() -> listed(draft, id));
            }
        }
        List<Listed> all = Together.run(readings);
        List<StoredSession> sessions = all.stream()
                .flatMap(listed -> listed.session().stream())
                .sorted(Comparator.comparing(
                                (StoredSession s) -> s.manifest().origin().savedAt())
                        .reversed())
                .toList();
        return new Listing(
                sessions,
                all.stream().flatMap(listed -> listed.problem().stream()).toList());
    }

    private Listed listed(Draft draft, SessionId id) throws IOException {
        try {
            return new Listed(reading.current(draft, id), Optional.empty());
        } catch (Failure failure) {
            if (failure.exitCode() != ExitCode.DAMAGED) {
                throw failure;
            }
            return new Listed(Optional.empty(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        Manifest manifest = bundle.manifest();
        TagName tag = tagFor(manifest);
        // Whoever saves has just looked. Should it have changed since, the save's own name decides.
        List<Draft> listed = justListed.orElseGet(releases::list);
        justListed = Optional.empty();
        Optional<Draft> there = releases.of(tag, listed);
        if (there.filter(draft -> !draft.isDraft()).isPresent()) {
            publicity.require(manifest, new Published(there.get().tag(), releases));
        }
        Optional<StoredSession> here =
                base.filter(b -> ReleaseRef.of(b.ref()).tag().equals(tag));
        if (here.isPresent() && there.isEmpty()) {
            throw stale(manifest.sessionId());
        }
        try (Packing packing = Packing.begin(bundle)) {
            Draft draft = there.isPresent() ? there.get() : create(tag, manifest);
            Saved saved = saving(draft, manifest.sessionId()).save(manifest, packing, here);
            if (draft.isDraft()) {
                told.accept("kept in the draft release " + tag + " of " + releases.repository()
                        + ", which only people who may push there can see");
            }
            return saved;
        }
    }

    private Saving saving(Draft draft, SessionId id) {
        return new Saving(releases, reading, draft, id, () -> stale(id));
    }

    private StaleBase stale(SessionId id) {
        return new StaleBase("session " + id + " in " + name() + " was saved by someone else meanwhile");
    }

    private static TagName tagFor(Manifest manifest) {
        return manifest.key()
                .map(key -> TagName.of(new Key(key)))
                .orElseGet(() -> TagName.ofBranch(manifest.facts().lastBranch().orElse("none")));
    }

    private Draft create(TagName tag, Manifest manifest) {
        String notes = "Session ID: " + manifest.sessionId() + "\nTimestamp: "
                + ScriptsMetadata.of(manifest, tag).timestamp() + "\nBranch: " + tag.branch();
        return releases.create(tag, "Claude Session for " + tag.branch(), notes);
    }

    /** Whoever can put an asset into a release may push to its repository. */
    @Override
    public Optional<Holder> place() {
        return Optional.of(ofRepository());
    }

    @Override
    public Holder holder(StoredSession session) {
        return ofRepository();
    }

    private Holder ofRepository() {
        String server = releases.github().server().page().toString();
        return Holder.ofRepository(server + "/" + releases.repository(), server);
    }

    @Override
    public Bundle load(StoredSession session) {
        return spool.bundle(session.manifest(), Version.of(session).archive());
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        ReleaseRef ref = ReleaseRef.of(session.ref());
        Optional<Draft> draft = releases.of(ref.tag(), releases.list());
        if (draft.isPresent()) {
            saving(draft.get(), ref.id()).delete(session);
        }
    }
}
