package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;

/**
 * {@code release:<owner>/<name>}; without a repository, the one of the run, or the one that the working folder was
 * cloned from.
 */
public final class ReleaseKind implements StoreFactory {

    @Override
    public String scheme() {
        return ReleaseRef.SCHEME;
    }

    @Override
    public SessionStore open(String place, StoreContext surroundings) {
        return store(surroundings.repositoryIn(place, scheme()), surroundings);
    }

    @Override
    public SessionStore openFor(Ref ref, StoreContext surroundings) {
        return store(ReleaseRef.of(ref).repository(), surroundings);
    }

    private static SessionStore store(String place, StoreContext surroundings) {
        GitHub github = GitHub.connect(surroundings.environment(), surroundings.credentials(), surroundings.told());
        if (github.token().isEmpty()) {
            throw Failure.notAllowed(
                    "draft releases are shown only to those who may push, and no token was given",
                    "set SESSION_RELAY_TOKEN, GITHUB_TOKEN or GH_TOKEN (`gh auth token` prints one)");
        }
        RepositoryName repository = RepositoryName.parse(place, github.server().host());
        return new ReleaseStore(github, repository, surroundings.isOn("allow-public"), surroundings.told());
    }
}
