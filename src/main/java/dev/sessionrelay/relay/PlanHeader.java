package dev.sessionrelay.relay;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.plan.LastSession;
import dev.sessionrelay.plan.PlanConnection;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.plan.Plans;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.BrowserLinks;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import java.util.Optional;

/**
 * Tells a plan's issue where its session is kept. That comes after the save and never undoes it: whatever goes wrong
 * here is said, and the session is saved all the same.
 */
public final class PlanHeader {
    private PlanHeader() {}

    /**
     * @param error why the header does not name the session
     * @param warning what a person should know of the header that does
     */
    public record Update(PlanIssue plan, Optional<String> error, Optional<String> warning) {
        public boolean isDone() {
            return error.isEmpty();
        }
    }

    public static Update tell(PlanIssue plan, PlanConnection connection, StoredSession stored, SessionStore store) {
        try {
            LastSession session = sessionOf(stored, store);
            Plans.HeaderUpdate outcome = connection.with(plan, plans -> plans.update(plan.number(), session));
            return switch (outcome) {
                case UPDATED, SAME -> new Update(plan, Optional.empty(), Optional.empty());
                case CHANGED_FORM -> new Update(plan, Optional.empty(), Optional.of(changedForm(session)));
                case OVERTAKEN -> failed(plan, "the header names a session that was saved later");
            };
        } catch (Failure failure) {
            return failed(plan, failure.describe().replaceFirst("\n  ", "; "));
        }
    }

    private static Update failed(PlanIssue plan, String why) {
        return new Update(plan, Optional.of(why), Optional.empty());
    }

    /** An erk of the one era refuses to update a header that has the fields of the other. */
    private static String changedForm(LastSession session) {
        return switch (session) {
            case LastSession.OnBranch _ ->
                "the header named a gist before, and names a branch now: an erk from before 2026-02-21 does not find the"
                        + " session and refuses to update this header; save with --store gist to keep to gists";
            case LastSession.InGist _ ->
                "the header named a branch before, and names a gist now: an erk since 2026-02-21 does not find the"
                        + " session and refuses to update this header; save with --store git --layout erk to keep to"
                        + " branches";
        };
    }

    private static LastSession sessionOf(StoredSession stored, SessionStore store) {
        Manifest manifest = stored.manifest();
        Ref ref = stored.ref();
        BrowserLinks links = BrowserLinks.of(ref, "https://github.com");
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
