package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Remote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads branches: each at its latest commit, with its folders and without its files. */
final class Branches {
    private final Remote remote;
    private final Map<String, Optional<ObjectId>> seen = new HashMap<>();

    Branches(Remote remote) {
        this.remote = remote;
    }

    /** The branch as it is now. */
    Optional<BranchSnapshot> latest(String branch) throws IOException {
        return latest(List.of(branch)).stream().findFirst();
    }

    List<BranchSnapshot> latest(Collection<String> branches) throws IOException {
        Map<String, ObjectId> all = remote.branches(branches);
        Map<String, ObjectId> tips = new HashMap<>();
        for (String branch : branches) {
            Optional<ObjectId> tip = Optional.ofNullable(all.get(branch));
            seen.put(branch, tip);
            tip.ifPresent(id -> tips.put(branch, id));
        }
        return views(tips);
    }

    /** The branch as it was when this store looked last; a push tells whether it still is. */
    Optional<BranchSnapshot> lastSeen(String branch) throws IOException {
        Optional<ObjectId> tip = seen.get(branch);
        if (tip == null) {
            return latest(branch);
        }
        return tip.isPresent() ? Optional.of(view(branch, tip.get())) : Optional.empty();
    }

    void moved(String branch, Optional<ObjectId> tip) {
        seen.put(branch, tip);
    }

    List<BranchSnapshot> below(BranchLayout layout) throws IOException {
        Map<String, ObjectId> tips = new HashMap<>();
        remote.branches(layout.beginnings()).forEach((branch, tip) -> {
            if (layout.mayHold(branch)) {
                tips.put(branch, tip);
                seen.put(branch, Optional.of(tip));
            }
        });
        return views(tips);
    }

    private List<BranchSnapshot> views(Map<String, ObjectId> tips) throws IOException {
        remote.fetchCommits(tips.values());
        List<BranchSnapshot> views = new ArrayList<>();
        for (Map.Entry<String, ObjectId> tip : tips.entrySet()) {
            views.add(read(tip.getKey(), tip.getValue()));
        }
        return views;
    }

    /** Where the branch is now, and nothing of it. */
    Optional<ObjectId> tip(String branch) throws IOException {
        Optional<ObjectId> tip =
                Optional.ofNullable(remote.branches(List.of(branch)).get(branch));
        seen.put(branch, tip);
        return tip;
    }

    BranchSnapshot view(String branch, ObjectId commit) throws IOException {
        remote.fetchCommits(List.of(commit));
        return read(branch, commit);
    }

    private BranchSnapshot read(String branch, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(remote.objects())) {
            RevCommit commit = walk.parseCommit(id);
            return new BranchSnapshot(
                    branch,
                    id,
                    commit.getTree().getId(),
                    Arrays.stream(commit.getParents()).map(RevCommit::getId).toList(),
                    CommitText.timeOf(commit));
        } catch (CorruptObjectException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw Failure.damaged(
                    "commit " + id.name() + " on branch " + branch + " of " + remote.name() + " is damaged",
                    "`git fsck` in it shows the extent; restore it from a copy, or delete the branch and save again");
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw Failure.nothingFound(
                    remote.name() + " has no commit " + id.name() + " on branch " + branch,
                    "`session-relay history` lists the saves that are there");
        }
    }
}
