package dev.sessionrelay.store.git;

import dev.sessionrelay.git.Remote;
import dev.sessionrelay.store.KeepsHistory.Past;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads the saves of a session off its branch: from what the commits say, without their files. */
record GitHistory(Remote remote) {
    private static final int MOST_COMMITS = 2000;

    private static final int USUALLY_ENOUGH = 50;

    /** Whether this commit is the tip, or one that the branch was at before. */
    boolean holds(ObjectId tip, ObjectId commit) throws IOException {
        return tip.equals(commit) || walk(tip, commit, USUALLY_ENOUGH) || walk(tip, commit, MOST_COMMITS);
    }

    private boolean walk(ObjectId tip, ObjectId commit, int most) throws IOException {
        remote.fetchHistory(tip, most);
        try (RevWalk walk = new RevWalk(remote.objects())) {
            ObjectId at = tip;
            for (int seen = 0; seen < most; seen++) {
                if (at.equals(commit)) {
                    return true;
                }
                RevCommit parsed = walk.parseCommit(at);
                if (parsed.getParentCount() == 0) {
                    return false;
                }
                at = parsed.getParent(0).getId();
            }
        } catch (MissingObjectException end) {
            // The beginning of what was fetched.
        }
        return false;
    }

    List<Past> of(GitRef ref, ObjectId tip) throws IOException {
        remote.fetchHistory(tip, MOST_COMMITS);
        List<Past> past = new ArrayList<>();
        try (RevWalk walk = new RevWalk(remote.objects())) {
            Optional<ObjectId> next = Optional.of(tip);
            for (int seen = 0; next.isPresent() && seen < MOST_COMMITS; seen++) {
                RevCommit commit = walk.parseCommit(next.get());
                CommitText text = CommitText.read(commit.getFullMessage());
                if (text.session().equals(Optional.of(ref.id()))
                        || (text.session().isEmpty()
                                && text.subject().contains(ref.id().text()))) {
                    past.add(new Past(
                            ref.at(commit.getId().copy()).ref(),
                            CommitText.timeOf(commit),
                            text.turns(),
                            text.bytes(),
                            text.subject()));
                }
                next = commit.getParentCount() == 0
                        ? Optional.empty()
                        : Optional.of(commit.getParent(0).getId());
            }
        } catch (MissingObjectException end) {
            // The beginning of what was fetched.
        }
        return past;
    }
}
