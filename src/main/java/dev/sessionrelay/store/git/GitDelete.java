package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Remote;
import dev.sessionrelay.git.Remote.Outbox;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.git.BranchWriter.Certainty;
import dev.sessionrelay.store.git.BranchWriter.Plan;
import dev.sessionrelay.store.git.BranchWriter.TooOld;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Takes a session off its branch by a commit; with the last one goes the branch, and with it all earlier saves. */
final class GitDelete {
    private final Remote remote;
    private final GitRef ref;
    private final Optional<String> version;

    /** @param version the state to take off; empty for whatever is there */
    GitDelete(Remote remote, Ref session, Optional<String> version) {
        this.remote = remote;
        this.ref = GitRef.parse(session);
        this.version = version;
        if (ref.commit().isPresent()) {
            throw Failure.badInput(
                    session + " is an earlier save, and one save cannot be taken out of a history",
                    "delete the session as a whole: leave out @"
                            + ref.commit().get().name());
        }
    }

    void run(BranchWriter writer) throws IOException, StaleBase {
        try (Outbox outbox = remote.outbox()) {
            writer.write(ref.branch(), outbox, (view, certainty) -> plan(view, certainty, outbox));
        }
    }

    private Plan plan(Optional<BranchSnapshot> view, Certainty certainty, Outbox outbox)
            throws IOException, StaleBase, TooOld {
        if (view.isEmpty()) {
            return nothing(certainty);
        }
        try (ObjectReader reader = remote.objects().newObjectReader()) {
            ObjectId tree = view.get().tree();
            Optional<TreePlace> now = new SessionTree(reader, remote.name()).find(tree, ref.id());
            if (now.isEmpty()) {
                return nothing(certainty);
            }
            if (version.isPresent() && !version.get().equals(now.get().version())) {
                if (certainty == Certainty.OLD) {
                    throw new TooOld();
                }
                throw new StaleBase(
                        "session " + ref.id() + " in " + remote.name() + " was saved by someone else meanwhile");
            }
            if (holdsNothingElse(reader, tree)) {
                return new Plan.RemoveBranch();
            }
            TreeEdit edit = new TreeEdit(reader, tree);
            GitSave.clear(edit, now.get());
            for (String pointer : KeyPointer.allTo(reader, tree, ref.id())) {
                edit.remove(pointer);
            }
            return new Plan.Commit(edit.write(outbox), CommitText.ofDelete(ref.id()), Instant.now());
        }
    }

    private static Plan nothing(Certainty certainty) throws TooOld {
        if (certainty == Certainty.OLD) {
            throw new TooOld();
        }
        return new Plan.Nothing();
    }

    private boolean holdsNothingElse(ObjectReader reader, ObjectId tree) throws IOException {
        TreeEdit rest = new TreeEdit(reader, tree);
        for (TreePlace place : new SessionTree(reader, remote.name()).all(tree)) {
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
