package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Remote;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A save that a ref names by its commit. A host hands out far more commits than a repository's own branches have:
 * whoever opens a pull request brings theirs along. So it has to be one that the named branch still holds, and the
 * branch one of sessions, since a branch of code holds what was merged.
 */
record EarlierSave(Remote remote, Branches branches, BranchLayout layout) {

    /** Empty where the branch is not there. */
    Optional<BranchSnapshot> of(GitRef ref, ObjectId commit) throws IOException {
        if (!layout.mayHold(ref.branch()) && !BranchLayout.isUsual(ref.branch())) {
            throw refused(
                    ref,
                    "branch " + ref.branch() + " is not one that sessions are kept on",
                    "say how it is named with --store-branch (input branch), as when the session was saved");
        }
        Optional<ObjectId> tip = branches.tip(ref.branch());
        if (tip.isEmpty()) {
            return Optional.empty();
        }
        if (!new GitHistory(remote).holds(tip.get(), commit)) {
            throw refused(
                    ref,
                    "branch " + ref.branch() + " does not hold commit " + commit.name(),
                    "`session-relay history` lists the saves that it holds");
        }
        return Optional.of(branches.view(ref.branch(), commit));
    }

    private static Failure refused(GitRef ref, String why, String next) {
        return Failure.damaged(
                ref.ref() + " is not taken for a save: " + why
                        + ", and whoever opens a pull request can bring commits into" + " a repository",
                next);
    }
}
