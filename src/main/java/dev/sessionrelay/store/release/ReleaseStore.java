package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Sessions in the draft releases of a repository. How a save is decided is told in the package's description. */
public final class ReleaseStore implements SessionStore {
    private final Releases releases;
    private final ArchiveCache spool;
    private final ReleaseReader reading;
    private final Search search;
    private final Exposure exposure;
    private final PublicAccessGuard publicity;
    private final Consumer<String> told;
    /** Where a state was found, by its version, when that is not the release of its own tag. */
    private final Map<String, SessionRelease> elsewhere = new ConcurrentHashMap<>();

    private Optional<Releases.ListedReleases> justListed = Optional.empty();

    /** @param allowPublic whether a release that the public can read may be written to */
    public ReleaseStore(GitHub github, RepositoryName repository, boolean allowPublic, Consumer<String> told) {
        this.releases = new Releases(github, repository);
        this.spool = new ArchiveCache(releases);
        this.reading = new ReleaseReader(releases, spool);
        this.search = new Search(releases, reading);
        this.publicity = new PublicAccessGuard(allowPublic);
        this.exposure = new Exposure(releases, publicity, told);
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
        Releases.ListedReleases listed = releases.list(Search.wanted(query));
        justListed = Optional.of(listed);
        Optional<Search.FoundRelease> found = search.find(query, listed);
        found.ifPresent(exposure::look);
        found.filter(there -> there.draft().isRenamed())
                .ifPresent(there -> elsewhere.put(there.session().version(), there.draft()));
        return found.map(Search.FoundRelease::session);
    }

    /** What became of one session that was to be listed. */
    private record ListedSessions(Optional<StoredSession> session, Optional<String> problem) {}

    @Override
    public Listing list() throws IOException {
        List<Callable<ListedSessions>> readings = new ArrayList<>();
        Releases.ListedReleases listed = releases.list();
        for (SessionRelease draft : search.all(listed)) {
            for (SessionId id : SessionAssets.idsIn(draft.assets())) {
                readings.add(() -> listed(draft, id));
            }
        }
        List<ListedSessions> all = ParallelCalls.run(readings);
        List<StoredSession> sessions = all.stream()
                .flatMap(one -> one.session().stream())
                .sorted(Comparator.comparing(
                                (StoredSession s) -> s.manifest().origin().savedAt())
                        .reversed())
                .toList();
        List<String> problems = new ArrayList<>(
                all.stream().flatMap(one -> one.problem().stream()).toList());
        if (!listed.isWhole()) {
            problems.add(
                    releases.repository() + " has more releases than GitHub lists; sessions in older ones are not shown"
                            + " here, and found by their key or ref");
        }
        return new Listing(sessions, problems);
    }

    private ListedSessions listed(SessionRelease draft, SessionId id) throws IOException {
        try {
            Optional<StoredSession> session = reading.current(draft, id);
            session.ifPresent(there -> exposure.look(new Search.FoundRelease(draft, there)));
            return new ListedSessions(session, Optional.empty());
        } catch (Failure failure) {
            if (failure.exitCode() != ExitCode.DAMAGED) {
                throw failure;
            }
            return new ListedSessions(Optional.empty(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        Manifest manifest = bundle.manifest();
        TagName tag = tagFor(manifest);
        // Whoever saves has just looked. Should it have changed since, the save's own name decides.
        Releases.ListedReleases listed = justListed.orElseGet(() -> releases.list(Optional.of(tag)));
        justListed = Optional.empty();
        Optional<SessionRelease> there = releases.of(tag, listed);
        if (there.filter(draft -> !draft.isDraft()).isPresent()) {
            publicity.require(manifest, new Published(there.get().tag(), releases));
        }
        Optional<SessionRelease> from = base.flatMap(b -> Optional.ofNullable(elsewhere.get(b.version())));
        Optional<StoredSession> here =
                base.filter(b -> from.isEmpty() && ReleaseRef.of(b.ref()).tag().equals(tag));
        if (here.isPresent() && there.isEmpty()) {
            throw stale(manifest.sessionId());
        }
        Notice notice = Notice.of(tag, manifest);
        try (ArchiveJob packing = ArchiveJob.begin(bundle)) {
            SessionRelease draft = there.isPresent() ? there.get() : releases.create(tag, notice);
            if (draft.isDraft() && !draft.isPrerelease()) {
                releases.protect(draft, notice);
            }
            Saved saved = saving(draft, manifest.sessionId()).save(manifest, packing, here);
            if (draft.isDraft()) {
                told.accept("kept in the draft release " + tag + " of " + releases.repository()
                        + ", which only people who may push there can see");
            }
            if (from.isPresent()) {
                leave(from.get(), manifest.sessionId(), tag);
            }
            return saved;
        }
    }

    /** What was made a draft of something else is not left there to be published with it. */
    private void leave(SessionRelease from, SessionId id, TagName tag) throws IOException {
        if (from.isDraft()) {
            saving(from, id).leave();
        }
        if (!TagName.isOne(from.calls())) {
            told.accept(StoreContext.WARNING
                    + "somebody, or a tool that makes releases, renamed the draft that held session " + id + " to "
                    + SafeText.of(from.calls(), 120) + (from.isDraft() ? "" : " and published it")
                    + "; the session is kept in " + tag + " again"
                    + (from.isDraft() ? ", and its files were taken out of the other" : "")
                    + ". Keep the tool from drafts of other tags (release-drafter: tag-prefix)");
        }
    }

    private ReleaseWriter saving(SessionRelease draft, SessionId id) {
        return new ReleaseWriter(releases, reading, draft, id, () -> stale(id), told);
    }

    private StaleBase stale(SessionId id) {
        return new StaleBase("session " + id + " in " + name() + " was saved by someone else meanwhile");
    }

    private static TagName tagFor(Manifest manifest) {
        return manifest.key()
                .map(key -> TagName.of(new Key(key)))
                .orElseGet(() -> TagName.ofBranch(manifest.facts().lastBranch().orElse("none")));
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
        return spool.bundle(session.manifest(), ReleaseVersion.of(session).archive());
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        ReleaseRef ref = ReleaseRef.of(session.ref());
        Optional<SessionRelease> draft = Optional.ofNullable(elsewhere.get(session.version()))
                .or(() -> releases.of(ref.tag(), releases.list(Optional.of(ref.tag()))));
        if (draft.isPresent()) {
            saving(draft.get(), ref.id()).delete(session);
        }
    }
}
