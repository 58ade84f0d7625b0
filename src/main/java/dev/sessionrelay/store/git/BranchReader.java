package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Remote;
import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Reads the sessions that a branch holds, ours and those that other tools put there. */
final class BranchReader {
    static final long LARGEST_FILE = 1L << 30;
    private static final long LARGEST_MANIFEST = 32L << 20;

    private final Remote remote;
    private final BranchLayout layout;
    private final TempFolder scratch;
    /** The commits that states were read from: each has all of its state's files, whoever saves meanwhile. */
    private final Map<BranchState, BranchSnapshot> read = new ConcurrentHashMap<>();

    private record BranchState(Ref ref, String version) {}

    BranchReader(Remote remote, BranchLayout layout, TempFolder scratch) {
        this.remote = remote;
        this.layout = layout;
        this.scratch = scratch;
    }

    /** The branch as it was when this state was read; null where it was read elsewhere. */
    @Nullable
    BranchSnapshot snapshotOf(StoredSession session) {
        return read.get(new BranchState(session.ref(), session.version()));
    }

    List<TreePlace> places(BranchSnapshot view) throws IOException {
        try (ObjectReader reader = remote.objects().newObjectReader()) {
            return new SessionTree(reader, where(view)).all(view.tree());
        }
    }

    Optional<GitSession> in(BranchSnapshot view, SessionId id, Optional<ObjectId> commit) throws IOException {
        Optional<TreePlace> place;
        try (ObjectReader reader = remote.objects().newObjectReader()) {
            place = new SessionTree(reader, where(view)).find(view.tree(), id);
        }
        return place.isPresent()
                ? Optional.of(found(view, List.of(place.get()), commit).getFirst())
                : Optional.empty();
    }

    private String where(BranchSnapshot view) {
        return GitRef.storeOf(remote.name()) + "#" + view.branch();
    }

    List<GitSession> found(BranchSnapshot view, List<TreePlace> places, Optional<ObjectId> commit) throws IOException {
        fetchManifests(places);
        List<GitSession> found = new ArrayList<>();
        for (TreePlace place : places) {
            found.add(read(view, place, commit));
        }
        return found;
    }

    void fetchManifests(Collection<TreePlace> places) throws IOException {
        List<ObjectId> manifests =
                places.stream().flatMap(place -> place.manifest().stream()).toList();
        remote.fetchFiles(List.of(manifests), LARGEST_MANIFEST);
    }

    GitSession read(BranchSnapshot view, TreePlace place, Optional<ObjectId> commit) throws IOException {
        GitRef ref = new GitRef(remote.name(), view.branch(), place.id(), commit);
        Map<String, ObjectId> files = Map.of();
        if (place.tree().isPresent()) {
            try (ObjectReader reader = remote.objects().newObjectReader()) {
                files = new SessionTree(reader, where(view)).files(place.tree().get());
            }
        }
        Manifest manifest;
        if (place.manifest().isPresent()) {
            ObjectLoader file = remote.objects().open(place.manifest().get());
            if (file.getSize() > LARGEST_MANIFEST) {
                throw Failure.damaged(
                        place.folder() + "/" + TreePlace.MANIFEST + " of " + where(view) + " has " + file.getSize()
                                + " bytes",
                        "this is no manifest: look at the branch with git, or restore an earlier save");
            }
            byte[] json = file.getBytes();
            manifest = ManifestJson.read(json, place.folder() + "/" + TreePlace.MANIFEST + " of " + where(view));
            if (!manifest.sessionId().equals(place.id())) {
                throw Failure.damaged(
                        place.folder() + " of " + where(view) + " is of another session: " + manifest.sessionId(),
                        "put it back where it belongs, or delete it");
            }
        } else {
            remote.fetchFiles(List.of(List.of(place.whole().orElseThrow()), files.values()), LARGEST_FILE);
            manifest = new ForeignSession(scratch, remote.objects())
                    .manifest(place, files, view, layout.keyOf(view.branch()));
        }
        read.put(new BranchState(ref.ref(), place.version()), view);
        return new GitSession(new StoredSession(ref.ref(), manifest, place.version()), ref, place, files);
    }
}
