package dev.sessionrelay.store.gist;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;

/** {@code gist}: the gists of whoever the token belongs to. */
public final class GistKind implements StoreFactory {

    @Override
    public String scheme() {
        return GistRef.SCHEME;
    }

    @Override
    public SessionStore open(String place, StoreContext surroundings) {
        if (!place.isBlank()) {
            throw Failure.badInput(
                    "--store gist:" + place + " says more than needed: gists have no other place than their owner",
                    "say --store gist; one gist is named as a ref, as in `restore gist:<id>`");
        }
        GitHub github = connect(surroundings);
        if (github.token().isEmpty()) {
            throw Failure.notAllowed(
                    "gists belong to an account, and no token was given",
                    "set SESSION_RELAY_TOKEN or GH_TOKEN to a token with the scope \"gist\" (`gh auth token` prints one)");
        }
        return new GistStore(github, surroundings);
    }

    /** Whoever knows a secret gist's id may read it without a token. */
    @Override
    public SessionStore openFor(Ref ref, StoreContext surroundings) {
        GistRef.of(ref);
        return new GistStore(connect(surroundings), surroundings);
    }

    private static GitHub connect(StoreContext surroundings) {
        return GitHub.connect(surroundings.environment(), surroundings.credentials(), surroundings.told());
    }
}
