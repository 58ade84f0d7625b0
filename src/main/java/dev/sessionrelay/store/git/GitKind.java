package dev.sessionrelay.store.git;

import dev.sessionrelay.git.Address;
import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.git.checkout.NearCheckout;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code git:<owner/name, URL or path>}; without a place, the repository of the run, or the one that the working
 * folder was cloned from.
 */
public final class GitKind implements StoreFactory {

    @Override
    public String scheme() {
        return GitRef.SCHEME;
    }

    @Override
    public SessionStore open(String place, StoreContext surroundings) {
        return store(surroundings.repositoryIn(place, scheme()), surroundings);
    }

    @Override
    public SessionStore openFor(Ref ref, StoreContext surroundings) {
        return store(GitRef.parse(ref).repository(), surroundings);
    }

    private static SessionStore store(String place, StoreContext surroundings) {
        Address address = Address.parse(place, surroundings);
        TempFolder scratch = new TempFolder();
        BranchLayout layout = BranchLayout.of(surroundings, values(address, surroundings));
        return new GitStore(
                address.connect(surroundings, scratch),
                layout,
                scratch,
                PublicAccessGuard.of(surroundings),
                Holder.ofRepository(
                        address.shown(),
                        surroundings.credentials().server().page().toString()),
                Review.asked(place, surroundings));
    }

    /** What the places in templates stand for, as far as the surroundings tell. */
    private static Map<String, String> values(Address address, StoreContext surroundings) {
        NearCheckout checkout = surroundings.checkout();
        Map<String, String> values = new HashMap<>();
        values.put("repo", address.repositoryName());
        surroundings.option("plan").ifPresent(plan -> values.put("plan", plan.replaceFirst("^#", "")));
        surroundings
                .option("user")
                .or(() -> surroundings.variable("GITHUB_ACTOR"))
                .or(() -> surroundings.variable("USER"))
                .ifPresent(user -> values.put("user", user));
        surroundings
                .variable("GITHUB_HEAD_REF")
                .or(() -> surroundings.variable("GITHUB_REF_NAME"))
                .or(checkout::branch)
                .ifPresent(branch -> values.put("branch", branch));
        return values;
    }
}
