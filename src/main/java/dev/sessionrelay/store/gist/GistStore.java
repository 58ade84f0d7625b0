package dev.sessionrelay.store.gist;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions in secret gists. How a save is decided is told in the package's description. */
public final class GistStore implements SessionStore {
    private static final Comparator<StoredSession> NEWEST_FIRST = Comparator.comparing(
                    (StoredSession session) -> session.manifest().origin().savedAt())
            .reversed();

    private final Gists gists;
    private final TempFolder scratch = new TempFolder();
    private final GistReader reading;
    private final StoreContext surroundings;
    /** What was found just now: a save need not look for it again, for it is decided by the gist's history. */
    private final Map<StoredSession, GistReader.GistState> found = new HashMap<>();

    private final Set<SessionId> missed = new HashSet<>();

    public GistStore(GitHub github, StoreContext surroundings) {
        this.gists = new Gists(github);
        this.reading = new GistReader(gists, new GistContent(gists, surroundings, scratch));
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return GistRef.SCHEME;
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        return switch (query) {
            case Query.ByRef(Ref ref) -> byRef(GistRef.of(ref));
            case Query.BySession(SessionId id, Optional<Key> _) -> bySession(id);
            case Query.ByKey(Key key) -> latestOf(key);
        };
    }

    private Optional<StoredSession> byRef(GistRef ref) throws IOException {
        Optional<Gist> gist = ref.revision().isPresent()
                // The address of a raw file may hold the file's own digest instead.
                ? atOwn(ref.id(), ref.revision().get()).or(() -> gists.get(ref.id()))
                : gists.get(ref.id());
        return gist.isPresent() ? session(gist.get()) : Optional.empty();
    }

    /** Gists that were forked from one another share what they keep: a revision has to be in this one's own history. */
    private Optional<Gist> atOwn(String id, String revision) {
        return gists.history(id).contains(revision) ? gists.get(id, revision) : Optional.empty();
    }

    private Optional<StoredSession> session(Gist gist) throws IOException {
        Optional<GistReader.GistState> state = reading.state(gist);
        state.ifPresent(now -> found.put(now.session(), now));
        return state.map(GistReader.GistState::session);
    }

    private Optional<StoredSession> bySession(SessionId id) throws IOException {
        List<StoredSession> copies = new ArrayList<>();
        List<Gist> foreign = new ArrayList<>();
        for (Gist listed : settled()) {
            if (listed.saves().stream().anyMatch(save -> save.id().equals(id))) {
                read(listed).ifPresent(copies::add);
            } else if (listed.saves().isEmpty() && GistReader.idIn(listed).equals(Optional.of(id))) {
                foreign.add(listed);
            }
        }
        Optional<StoredSession> own = copies.stream().min(NEWEST_FIRST);
        if (own.isPresent() || foreign.isEmpty()) {
            if (own.isEmpty()) {
                missed.add(id);
            }
            return own;
        }
        foreign.sort(Comparator.comparing(Gist::updatedAt).reversed());
        return read(foreign.getFirst());
    }

    /** Others may be gone in a moment. */
    private List<Gist> settled() {
        return gists.list().stream().filter(Gist::isSettled).toList();
    }

    private Optional<StoredSession> read(Gist listed) throws IOException {
        Optional<Gist> gist = gists.get(listed.id());
        return gist.isPresent() ? session(gist.get()) : Optional.empty();
    }

    /** A gist, and when its session was last saved under the key. */
    private record DatedGist(Gist listed, long at) {}

    private Optional<StoredSession> latestOf(Key key) throws IOException {
        String thread = SaveName.threadOf(key.text());
        List<DatedGist> candidates = new ArrayList<>();
        for (Gist listed : settled()) {
            listed.files().keySet().stream().mapToLong(name -> savedUnder(thread, name)).max().stream()
                    .filter(at -> at >= 0)
                    .forEach(at -> candidates.add(new DatedGist(listed, at)));
        }
        candidates.sort(Comparator.comparingLong(DatedGist::at)
                .reversed()
                .thenComparing(dated -> dated.listed().id()));
        for (DatedGist candidate : candidates) {
            Optional<StoredSession> session = read(candidate.listed());
            if (session.isPresent()) {
                return session;
            }
        }
        return Optional.empty();
    }

    private static long savedUnder(String thread, String file) {
        Optional<Long> own =
                SaveName.find(file).filter(save -> save.thread().equals(thread)).map(SaveName::at);
        return own.or(() -> ThreadName.find(file)
                        .filter(name -> name.thread().equals(thread))
                        .map(ThreadName::at))
                .orElse(-1L);
    }

    @Override
    public Listing list() throws IOException {
        List<StoredSession> sessions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Gist listed : gists.list()) {
            if (!listed.isSettled()) {
                problems.add(
                        new GistRef(listed.id(), Optional.empty()).toRef()
                                + " is of a save that is under way, or that was broken off: the next save of the session removes it");
                continue;
            }
            if (listed.saves().isEmpty()) {
                GistReader.idIn(listed)
                        .ifPresent(id -> problems.add(new GistRef(listed.id(), Optional.empty()).toRef()
                                + " was put there by another program: `session-relay show` reads it"));
                continue;
            }
            try {
                read(listed).ifPresent(sessions::add);
            } catch (Failure failure) {
                if (failure.exitCode() != ExitCode.DAMAGED) {
                    throw failure;
                }
                problems.add(String.valueOf(failure.getMessage()));
            }
        }
        sessions.sort(NEWEST_FIRST);
        return new Listing(sessions, problems);
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        SessionId id = bundle.manifest().sessionId();
        GistWriter saving = saving(id);
        Saved saved;
        if (base.isEmpty()) {
            if (!missed.remove(id) && bySession(id).isPresent()) {
                throw stale(id);
            }
            saved = saving.create(bundle);
        } else {
            GistReader.GistState just = found.remove(base.get());
            GistReader.GistState state = just == null ? requireStill(base.get()) : just;
            PublicAccessGuard.of(surroundings).require(bundle.manifest(), state.gist());
            saved = saving.update(bundle, state);
        }
        surroundings
                .told()
                .accept("kept in a secret gist, which is not listed anywhere, but which everybody can read who has its"
                        + " address: " + saved.session().ref());
        return saved;
    }

    private GistWriter saving(SessionId id) {
        return new GistWriter(gists, reading, scratch, id, () -> stale(id));
    }

    /** The state that a save or a deletion was based on, when it still is the state. */
    private GistReader.GistState requireStill(StoredSession base) throws IOException, StaleBase {
        SessionId id = base.manifest().sessionId();
        GistVersion version = GistVersion.of(base);
        Optional<Gist> gist = gists.get(GistRef.of(base.ref()).id());
        Optional<GistReader.GistState> state = gist.isPresent() ? reading.state(gist.get()) : Optional.empty();
        return state.filter(now -> now.version().isSameStateAs(version)).orElseThrow(() -> stale(id));
    }

    private StaleBase stale(SessionId id) {
        return new StaleBase("session " + id + " in " + name() + " was saved by someone else meanwhile");
    }

    @Override
    public Optional<Holder> place() {
        return Optional.empty();
    }

    @Override
    public Holder holder(StoredSession session) {
        return new Holder(
                Optional.empty(), gists.owner(GistRef.of(session.ref()).id()));
    }

    @Override
    public Optional<String> pageOf(StoredSession session) {
        return gists.page(GistRef.of(session.ref()).id());
    }

    @Override
    public Bundle load(StoredSession session) {
        return reading.bundle(session);
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        Optional<Gist> gist = gists.get(GistRef.of(session.ref()).id());
        if (gist.isEmpty() || reading.state(gist.get()).isEmpty()) {
            return;
        }
        saving(session.manifest().sessionId()).delete(requireStill(session));
    }
}
