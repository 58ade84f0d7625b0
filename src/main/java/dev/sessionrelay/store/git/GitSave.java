package dev.sessionrelay.store.git;

import dev.sessionrelay.git.Remote;
import dev.sessionrelay.git.Remote.NewFile;
import dev.sessionrelay.git.Remote.Outbox;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Pending;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.session.SegmentBytes;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.SessionStore.Saved;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.git.BranchWriter.Certainty;
import dev.sessionrelay.store.git.BranchWriter.Plan;
import dev.sessionrelay.store.git.BranchWriter.TooOld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** One save: the segments that are not there yet, the folders that name them all, and a commit on the key's branch. */
final class GitSave {
    private final BranchReader reader;
    private final Remote remote;
    private final BranchLayout layout;
    private final Bundle bundle;
    private final Outbox outbox;
    private final Optional<Key> key;
    private final String branch;
    private final String folder;
    private final byte[] json;
    /** What is in the outbox already, from a try that came too late. */
    private final Map<Digest, ObjectId> added = new HashMap<>();

    private Optional<ObjectId> pushed = Optional.empty();

    GitSave(BranchReader reader, Remote remote, BranchLayout layout, Bundle bundle, Outbox outbox) {
        this.reader = reader;
        this.remote = remote;
        this.layout = layout;
        this.bundle = bundle;
        this.outbox = outbox;
        this.key = bundle.manifest().key().map(Key::new);
        this.branch = layout.branchFor(key, bundle.manifest().sessionId());
        this.folder = layout.folderFor(key, bundle.manifest().sessionId());
        this.json = ManifestJson.write(bundle.manifest());
    }

    Saved run(Branches branches, Optional<StoredSession> base, PublicAccessGuard publicity)
            throws IOException, StaleBase {
        // A session has a copy on each branch: the one that this replaces is the one on this branch.
        Optional<String> expected = base.filter(
                        stored -> GitRef.parse(stored.ref()).branch().equals(branch))
                .map(StoredSession::version);
        // Whether anybody may read along is asked while the session is compressed.
        CompletableFuture<Void> privacy = publicity.needsNoQuestion(bundle.manifest())
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> publicity.require(bundle.manifest(), new ReadByAnybody(remote)));
        new BranchWriter(remote, branches, layout)
                .write(branch, outbox, (view, certainty) -> plan(view, certainty, expected, privacy));
        GitRef ref = new GitRef(remote.name(), branch, bundle.manifest().sessionId(), Optional.empty());
        String version = pushed.map(ObjectId::name).orElseThrow();
        return new Saved(new StoredSession(ref.ref(), bundle.manifest(), version), outbox.bytes());
    }

    private Plan plan(
            Optional<BranchSnapshot> view,
            Certainty certainty,
            Optional<String> expected,
            CompletableFuture<Void> privacy)
            throws IOException, StaleBase, TooOld {
        Optional<GitSession> now = view.isPresent()
                ? reader.in(view.get(), bundle.manifest().sessionId(), Optional.empty())
                : Optional.empty();
        Optional<String> version = now.map(found -> found.session().version());
        if (!version.equals(expected)) {
            boolean arrived = certainty == Certainty.FRESH_PERHAPS_DONE && version.equals(pushed.map(ObjectId::name));
            if (arrived) {
                return new Plan.Nothing();
            }
            if (certainty == Certainty.OLD) {
                throw new TooOld();
            }
            throw new StaleBase("session " + bundle.manifest().sessionId() + " on branch " + branch + " of "
                    + GitRef.storeOf(remote.name()) + " was saved by someone else meanwhile");
        }
        Map<Digest, ObjectId> known = now.map(GitSave::known).orElse(Map.of());
        addMissing(known);
        Pending.result(privacy);
        ObjectId manifest = outbox.add(Constants.OBJ_BLOB, json);
        if (view.isEmpty()) {
            return commit(manifest, known, new TreeEdit(), path -> Optional.empty());
        }
        try (ObjectReader objects = remote.objects().newObjectReader()) {
            ObjectId tree = view.get().tree();
            TreeEdit edit = new TreeEdit(objects, tree);
            if (now.isPresent()) {
                clear(edit, now.get().place());
            }
            return commit(manifest, known, edit, path -> KeyPointer.at(objects, tree, path));
        }
    }

    /** Tells which file stands at a path of the branch. */
    @FunctionalInterface
    private interface Standing {
        Optional<ObjectId> at(String path) throws IOException;
    }

    private Plan commit(ObjectId manifest, Map<Digest, ObjectId> known, TreeEdit edit, Standing standing)
            throws IOException {
        edit.put(folder + "/" + TreePlace.MANIFEST, manifest);
        for (Entry entry : bundle.manifest().entries()) {
            for (FileMapping.FilePart part : parts().of(entry)) {
                Digest digest = part.bytes().digest();
                ObjectId file = added.containsKey(digest) ? added.get(digest) : known.get(digest);
                edit.put(pathOf(part), Objects.requireNonNull(file));
            }
        }
        if (layout.ownsRoot()) {
            furnish(edit, standing);
        }
        pushed = Optional.of(manifest);
        return new Plan.Commit(
                edit.write(outbox), message(), bundle.manifest().origin().savedAt());
    }

    static void clear(TreeEdit edit, TreePlace place) throws IOException {
        edit.remove(place.folder());
        if (place.whole().isPresent()) {
            edit.remove(place.folder() + TreePlace.RECORDS);
        }
    }

    private FileMapping parts() {
        return new FileMapping(layout.whole());
    }

    private String pathOf(FileMapping.FilePart part) {
        return part.path().equals(FileMapping.BESIDE) ? folder + TreePlace.RECORDS : folder + "/" + part.path();
    }

    /** The files that are on the branch already, by what they hold. */
    private static Map<Digest, ObjectId> known(GitSession found) {
        Map<Digest, ObjectId> known = new HashMap<>();
        FileMapping parts = new FileMapping(found.place().whole().isPresent());
        for (Entry entry : found.session().manifest().entries()) {
            for (FileMapping.FilePart part : parts.of(entry)) {
                ObjectId file = found.idOf(part);
                if (file != null) {
                    known.put(part.bytes().digest(), file);
                }
            }
        }
        return known;
    }

    private void addMissing(Map<Digest, ObjectId> known) throws IOException {
        List<NewFile> files = new ArrayList<>();
        List<Digest> digests = new ArrayList<>();
        for (Entry entry : bundle.manifest().entries()) {
            for (FileMapping.FilePart part : parts().of(entry)) {
                Digest digest = part.bytes().digest();
                if (!known.containsKey(digest) && !added.containsKey(digest) && !digests.contains(digest)) {
                    SegmentBytes bytes = new SegmentBytes(bundle.payload(entry.name()), part.bytes(), part.offset());
                    files.add(new NewFile(part.bytes().size(), bytes::writeTo));
                    digests.add(digest);
                }
            }
        }
        List<ObjectId> ids = outbox.addFiles(files);
        for (int i = 0; i < ids.size(); i++) {
            added.put(digests.get(i), ids.get(i));
        }
    }

    private void furnish(TreeEdit edit, Standing standing) throws IOException {
        put(Readme.FILE, Readme.of(remote.name(), bundle.manifest().key()), edit, standing);
        if (key.isPresent()) {
            byte[] pointer = KeyPointer.content(bundle.manifest().sessionId());
            put(KeyPointer.path(key.get().text()), pointer, edit, standing);
        }
    }

    private void put(String path, byte[] content, TreeEdit edit, Standing standing) throws IOException {
        ObjectId wanted = KeyPointer.idOf(content);
        edit.put(path, wanted);
        if (!standing.at(path).equals(Optional.of(wanted))) {
            outbox.add(Constants.OBJ_BLOB, content);
        }
    }

    private String message() {
        return layout.kind() == BranchLayout.LayoutKind.ERK
                ? "Session " + bundle.manifest().sessionId() + " for plan #"
                        + layout.plan(key).orElse("unknown")
                : CommitText.ofSave(bundle.manifest());
    }
}
