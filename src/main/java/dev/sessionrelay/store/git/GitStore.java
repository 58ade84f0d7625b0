package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Remote;
import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.ForceDelete;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Sessions on branches. A session has one copy a branch, and by the usual layout a branch is a key's. */
public final class GitStore implements SessionStore, KeepsHistory, ForceDelete {
    private static final Comparator<GitSession> NEWEST_FIRST = Comparator.comparing(
                    (GitSession found) -> found.session().manifest().origin().savedAt())
            .reversed();

    private final Remote remote;
    private final BranchLayout layout;
    private final PublicAccessGuard publicity;
    private final Holder holder;
    private final Optional<Review> review;
    private final Branches branches;
    private final BranchReader reader;

    GitStore(
            Remote remote,
            BranchLayout layout,
            TempFolder scratch,
            PublicAccessGuard publicity,
            Holder holder,
            Optional<Review> review) {
        this.remote = remote;
        this.layout = layout;
        this.publicity = publicity;
        this.holder = holder;
        this.review = review;
        this.branches = new Branches(remote);
        this.reader = new BranchReader(remote, layout, scratch);
    }

    @Override
    public String name() {
        return GitRef.storeOf(remote.name());
    }

    @Override
    public boolean isOfOneProject() {
        return true;
    }

    @Override
    public Holder holder(StoredSession session) {
        return holder;
    }

    @Override
    public Optional<Holder> place() {
        return Optional.of(holder);
    }

    @Override
    public Optional<KeepsHistory> history() {
        return Optional.of(this);
    }

    @Override
    public Optional<ForceDelete> removesUnread() {
        return Optional.of(this);
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        return locate(query).map(GitSession::session);
    }

    private Optional<GitSession> locate(Query query) throws IOException {
        return switch (query) {
            case Query.ByRef(var ref) -> byRef(GitRef.parse(ref));
            case Query.BySession(SessionId id, Optional<Key> key) -> bySession(id, key);
            case Query.ByKey(Key key) -> latestOf(key);
        };
    }

    private Optional<GitSession> byRef(GitRef ref) throws IOException {
        Optional<BranchSnapshot> view = ref.commit().isPresent()
                ? new EarlierSave(remote, branches, layout).of(ref, ref.commit().get())
                : branches.latest(ref.branch());
        return view.isPresent() ? reader.in(view.get(), ref.id(), ref.commit()) : Optional.empty();
    }

    private Optional<GitSession> bySession(SessionId id, Optional<Key> key) throws IOException {
        Set<String> names = layout.branchesOf(key, Optional.of(id));
        List<GitSession> found = new ArrayList<>();
        for (BranchSnapshot view : names.isEmpty() ? branches.below(layout) : branches.latest(names)) {
            reader.in(view, id, Optional.empty()).ifPresent(found::add);
        }
        return found.stream().min(NEWEST_FIRST);
    }

    private Optional<GitSession> latestOf(Key key) throws IOException {
        Set<String> names = layout.branchesOf(Optional.of(key), Optional.empty());
        List<GitSession> found = new ArrayList<>();
        for (BranchSnapshot view : names.isEmpty() ? branches.below(layout) : branches.latest(names)) {
            List<TreePlace> places = reader.places(view);
            Optional<TreePlace> pointed = pointed(view, places, key);
            for (GitSession one : reader.found(view, pointed.map(List::of).orElse(places), Optional.empty())) {
                Optional<String> own = one.session().manifest().key();
                if (own.isEmpty() || own.get().equals(key.text())) {
                    found.add(one);
                }
            }
        }
        return found.stream().min(NEWEST_FIRST);
    }

    /** The pointer is the name of a file that holds the id: its content need not be fetched to know it. */
    private Optional<TreePlace> pointed(BranchSnapshot view, List<TreePlace> places, Key key) throws IOException {
        try (ObjectReader objects = remote.objects().newObjectReader()) {
            Optional<ObjectId> pointer = KeyPointer.find(objects, view.tree(), key);
            return places.stream()
                    .filter(place -> pointer.equals(Optional.of(KeyPointer.to(place.id()))))
                    .findFirst();
        }
    }

    @Override
    public Listing list() throws IOException {
        List<GitSession> sessions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        record Spot(BranchSnapshot view, TreePlace place) {}
        List<Spot> spots = new ArrayList<>();
        for (BranchSnapshot view : branches.below(layout)) {
            try {
                reader.places(view).forEach(place -> spots.add(new Spot(view, place)));
            } catch (Failure unsafe) {
                problems.add(String.valueOf(unsafe.getMessage()));
            }
        }
        reader.fetchManifests(spots.stream().map(Spot::place).toList());
        for (Spot spot : spots) {
            if (spot.place().manifest().isEmpty()) {
                GitRef ref = new GitRef(
                        remote.name(), spot.view().branch(), spot.place().id(), Optional.empty());
                problems.add(ref.ref() + " was put there by another tool: `session-relay show` reads it");
                continue;
            }
            try {
                sessions.add(reader.read(spot.view(), spot.place(), Optional.empty()));
            } catch (Failure damaged) {
                problems.add(String.valueOf(damaged.getMessage()));
            }
        }
        sessions.sort(NEWEST_FIRST);
        return new Listing(sessions.stream().map(GitSession::session).toList(), problems);
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        if (bundle.manifest().seal().isPresent() && layout.isReadByOthers()) {
            throw Failure.badInput(
                    "layout " + layout.kind().describe()
                            + " is for tools that read transcripts as they are, and a sealed" + " session is none",
                    "leave encrypt-to out, or use the layout relay or shared");
        }
        try (Remote.Outbox outbox = remote.outbox()) {
            Saved saved = new GitSave(reader, remote, layout, bundle, outbox).run(branches, base, publicity);
            review.ifPresent(asked -> asked.show(saved.session()));
            return saved;
        }
    }

    @Override
    public Bundle load(StoredSession session) throws IOException {
        GitRef ref = GitRef.parse(session.ref());
        BranchSnapshot view = reader.snapshotOf(session);
        GitSession now = (view == null ? byRef(ref) : reader.in(view, ref.id(), ref.commit()))
                .orElseThrow(() -> Failure.nothingFound(
                        session.ref() + " is there no more", "`session-relay list` shows what there is"));
        if (!now.session().version().equals(session.version())) {
            throw Failure.unreachable(
                    session.ref() + " was saved by someone else since it was looked up", "run this again");
        }
        return now.bundle(shares -> {
            remote.fetchFiles(shares, BranchReader.LARGEST_FILE);
            return remote.objects();
        });
    }

    @Override
    public List<Past> history(StoredSession session) throws IOException {
        GitRef ref = GitRef.parse(session.ref());
        Optional<BranchSnapshot> view = branches.lastSeen(ref.branch());
        return view.isPresent() ? new GitHistory(remote).of(ref, view.get().commit()) : List.of();
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        new GitDelete(remote, session.ref(), Optional.of(session.version()))
                .run(new BranchWriter(remote, branches, layout));
    }

    @Override
    public void remove(Ref ref) throws IOException, StaleBase {
        new GitDelete(remote, ref, Optional.empty()).run(new BranchWriter(remote, branches, layout));
    }
}
