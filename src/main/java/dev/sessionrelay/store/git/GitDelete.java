package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.git.BranchWriter.Certainty;
import dev.sessionrelay.store.git.BranchWriter.Plan;
import dev.sessionrelay.store.git.BranchWriter.TooOld;
import dev.sessionrelay.store.git.wire.Remote;
import dev.sessionrelay.store.git.wire.Remote.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Takes a session off its branch by a commit; with the last one goes the branch, and with it all earlier saves. */
final class GitDelete {
    private final GitStore store;
    private final Remote remote;
    private final StoredSession session;
    private final GitRef ref;

    GitDelete(GitStore store, Remote remote, StoredSession session) {
        this.store = store;
        this.remote = remote;
        this.session = session;
        this.ref = GitRef.parse(session.ref());
        if (ref.commit().isPresent()) {
            throw Failure.badInput(
                    session.ref() + " is an earlier save, and one save cannot be taken out of a history",
                    "delete the session as a whole: leave out @"
                            + ref.commit().get().name());
        }
    }

    void run(BranchWriter writer) throws IOException, StaleBase {
        try (Outbox outbox = remote.outbox()) {
            writer.write(ref.branch(), outbox, (view, certainty) -> plan(view, certainty, outbox));
        }
    }

    private Plan plan(Optional<View> view, Certainty certainty, Outbox outbox) throws IOException, StaleBase, TooOld {
        Optional<Found> now = view.isPresent() ? store.in(view.get(), ref.id(), Optional.empty()) : Optional.empty();
        boolean same = now.isPresent() && now.get().session().version().equals(session.version());
        if (!same && certainty == Certainty.OLD) {
            throw new TooOld();
        }
        if (now.isEmpty()) {
            return new Plan.Nothing();
        }
        if (!same) {
            throw new StaleBase("session " + ref.id() + " in " + store.name() + " was saved by someone else meanwhile");
        }
        try (ObjectReader reader = remote.objects().newObjectReader()) {
            ObjectId tree = view.orElseThrow().tree();
            TreeEdit edit = new TreeEdit(reader, Optional.of(tree));
            GitSave.clear(edit, now.get().place());
            Optional<String> key = session.manifest().key();
            if (key.isPresent()
                    && KeyPointer.find(reader, tree, new Key(key.get())).equals(Optional.of(KeyPointer.to(ref.id())))) {
                edit.remove(KeyPointer.path(key.get()));
            }
            if (holdsNothingElse(reader, tree)) {
                return new Plan.RemoveBranch();
            }
            return new Plan.Commit(edit.write(outbox), CommitText.ofDelete(ref.id()), Instant.now());
        }
    }

    private boolean holdsNothingElse(ObjectReader reader, ObjectId tree) throws IOException {
        TreeEdit rest = new TreeEdit(reader, Optional.of(tree));
        for (Place place : new SessionTree(reader, store.name()).all(tree)) {
            if (!place.id().equals(ref.id())) {
                return false;
            }
            GitSave.clear(rest, place);
        }
        rest.remove(Readme.FILE);
        rest.remove(KeyPointer.FOLDER);
        return rest.isEmpty();
    }
}
