package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Remote;
import dev.sessionrelay.git.Remote.Answer;
import dev.sessionrelay.git.Remote.Outbox;
import dev.sessionrelay.git.Remote.RefChange;
import dev.sessionrelay.http.Backoff;
import dev.sessionrelay.store.StaleBase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Changes a branch by compare-and-swap. When another writer was faster, the change is made anew on what is there then:
 * it says itself whether it still can be.
 */
final class BranchWriter {
    private static final Duration IN_ALL = Duration.ofMinutes(2);
    private static final int MOST_WITHOUT_REASON = 6;
    private static final PersonIdent WHO = new PersonIdent("Session Relay", "relay@session-relay.invalid");

    private final Remote remote;
    private final Branches branches;
    private final BranchLayout layout;

    BranchWriter(Remote remote, Branches branches, BranchLayout layout) {
        this.remote = remote;
        this.branches = branches;
        this.layout = layout;
    }

    /** What a branch is to become. */
    sealed interface Plan {
        record Commit(ObjectId tree, String message, Instant at) implements Plan {}

        /** Nothing is left on it. */
        record RemoveBranch() implements Plan {}

        record Nothing() implements Plan {}
    }

    /** What a view is good for. */
    enum Certainty {
        /** It is from an earlier look: whatever does not fit may fit after the next. */
        OLD,
        /** It was read just now. */
        FRESH,
        /** It was read just now, and may show what this very change brought, its answer having been lost. */
        FRESH_PERHAPS_DONE
    }

    interface BranchChange {
        /** @param view the branch, or what it would begin on */
        Plan on(Optional<BranchSnapshot> view, Certainty certainty) throws IOException, StaleBase, TooOld;
    }

    /** The view is older than what the change is based on. */
    static final class TooOld extends Exception {
        private static final long serialVersionUID = 1;
    }

    void write(String branch, Outbox outbox, BranchChange change) throws IOException, StaleBase {
        Instant end = Instant.now().plus(IN_ALL);
        Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(2), "the repository");
        Optional<BranchSnapshot> view = branches.lastSeen(branch);
        Certainty certainty = Certainty.OLD;
        boolean unclear = false;
        int withoutReason = 0;
        while (true) {
            outbox.startOver();
            Optional<BranchSnapshot> start = view.isEmpty() && layout.onDefault() ? defaultBranch() : view;
            Optional<ObjectId> from = view.map(BranchSnapshot::commit);
            try {
                Optional<RefChange> wanted = change(branch, from, start, change.on(start, certainty), outbox);
                Answer answer = wanted.isEmpty() ? Answer.DONE : remote.push(wanted.get(), outbox);
                if (answer == Answer.DONE) {
                    branches.moved(
                            branch, wanted.isEmpty() ? from : wanted.get().to());
                    return;
                }
                unclear |= answer == Answer.MOVED_PERHAPS_BY_THIS;
                backoff.pause();
            } catch (TooOld e) {
                // Look again, below.
            }
            view = branches.latest(branch);
            boolean sameAgain = certainty != Certainty.OLD
                    && view.map(BranchSnapshot::commit).equals(from);
            withoutReason = sameAgain ? withoutReason + 1 : 0;
            certainty = unclear ? Certainty.FRESH_PERHAPS_DONE : Certainty.FRESH;
            if (withoutReason == MOST_WITHOUT_REASON || Instant.now().isAfter(end)) {
                throw Failure.unreachable(
                        "branch " + branch + " of " + remote.name() + " could not be moved: "
                                + (withoutReason > 0
                                        ? "the repository refuses, though nobody else moved it"
                                        : "others were faster for " + IN_ALL.toSeconds() + " seconds"
                                                + " (non-fast-forward)"),
                        withoutReason > 0
                                ? "look for a lock left in it (refs/heads/" + branch + ".lock) or ask who runs it"
                                : "save again when fewer others do: nothing was lost");
            }
        }
    }

    private Optional<BranchSnapshot> defaultBranch() throws IOException {
        Remote.Tip tip = remote.defaultBranch()
                .orElseThrow(() -> Failure.badInput(
                        remote.name() + " has no default branch to begin on", "leave out --base default"));
        return Optional.of(branches.view(tip.branch(), tip.commit()));
    }

    private Optional<RefChange> change(
            String branch, Optional<ObjectId> from, Optional<BranchSnapshot> start, Plan plan, Outbox outbox)
            throws IOException {
        return switch (plan) {
            case Plan.Nothing n -> Optional.empty();
            case Plan.RemoveBranch r -> Optional.of(new RefChange(branch, from, Optional.empty()));
            case Plan.Commit commit -> {
                CommitBuilder builder = new CommitBuilder();
                builder.setTreeId(commit.tree());
                builder.setParentIds(parents(start, from.isPresent()));
                PersonIdent who = new PersonIdent(WHO, commit.at(), ZoneOffset.UTC);
                builder.setAuthor(who);
                builder.setCommitter(who);
                builder.setMessage(commit.message());
                ObjectId id = outbox.add(Constants.OBJ_COMMIT, builder.build());
                yield Optional.of(new RefChange(branch, from, Optional.of(id)));
            }
        };
    }

    /** Keeping one commit means to take the place of the latest, on what that one stood on. */
    private List<ObjectId> parents(Optional<BranchSnapshot> start, boolean exists) {
        if (!layout.squash() || (layout.onDefault() && !exists)) {
            return start.map(BranchSnapshot::commit).map(List::of).orElse(List.of());
        }
        return layout.onDefault() ? start.map(BranchSnapshot::parents).orElse(List.of()) : List.of();
    }
}
