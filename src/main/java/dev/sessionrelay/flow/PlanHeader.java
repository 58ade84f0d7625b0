package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.plan.LastSession;
import dev.sessionrelay.plan.PlanConnection;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.plan.Plans;
import dev.sessionrelay.store.Links;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import java.util.Optional;

/**
 * Tells a plan's issue where its session is kept. That comes after the save and never undoes it: whatever goes wrong here
 * is said, and the session is saved all the same.
 */
public final class PlanHeader {
    private PlanHeader() {}

    /** @param error why the header does not name the session */
    public record Update(PlanIssue plan, Optional<String> error) {
        public boolean isDone() {
            return error.isEmpty();
        }
    }

    public static Update tell(PlanIssue plan, PlanConnection connection, StoredSession stored, SessionStore store) {
        try {
            LastSession session = sessionOf(stored, store);
            Plans.Outcome outcome = connection.with(plan, plans -> plans.update(plan.number(), session));
            return new Update(
                    plan,
                    outcome == Plans.Outcome.OVERTAKEN
                            ? Optional.of("the header names a session that was saved later")
                            : Optional.empty());
        } catch (Failure failure) {
            return new Update(plan, Optional.of(failure.inWords().replaceFirst("\n  ", "; ")));
        }
    }

    private static LastSession sessionOf(StoredSession stored, SessionStore store) {
        Manifest manifest = stored.manifest();
        Ref ref = stored.ref();
        Links links = Links.of(ref, "https://github.com");
        String id = manifest.sessionId().text();
        String at = LastSession.time(manifest.origin().savedAt());
        String source = manifest.origin().source().equals("remote") ? "remote" : "local";
        if (!links.gistId().isEmpty()) {
            String page = store.pageOf(stored).orElse(links.url());
            return new LastSession.InGist(page, links.gistId(), id, at, source);
        }
        if (!links.branch().isEmpty()) {
            return new LastSession.OnBranch(links.branch(), id, at, source);
        }
        throw Failure.badInput(
                "a plan's header can name a gist or a branch, and the session is in " + ref,
                "save with --store git or --store gist");
    }
}
