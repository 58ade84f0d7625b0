package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.store.OnGitHub;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreKind;
import dev.sessionrelay.store.Surroundings;

/** {@code release:<owner>/<name>}; without a repository, the one that is worked in. */
public final class ReleaseKind implements StoreKind {

    @Override
    public String scheme() {
        return ReleaseRef.SCHEME;
    }

    @Override
    public SessionStore open(String place, Surroundings surroundings) {
        OnGitHub here = new OnGitHub(surroundings);
        return open(place.isEmpty() ? here.repository() : here.repository(place), here);
    }

    @Override
    public SessionStore openFor(Ref ref, Surroundings surroundings) {
        OnGitHub here = new OnGitHub(surroundings);
        return open(here.repository(ReleaseRef.of(ref).repository()), here);
    }

    private static SessionStore open(RepositoryName repository, OnGitHub here) {
        GitHub github = here.connect();
        if (github.token().isEmpty()) {
            github.close();
            throw Failure.notAllowed(
                    "draft releases are shown only to those who may push, and no token was given",
                    "set SESSION_RELAY_TOKEN, GITHUB_TOKEN or GH_TOKEN (`gh auth token` prints one)");
        }
        return new ReleaseStore(github, repository, here.allowsPublic(), here::tell);
    }
}
