package dev.sessionrelay.store.artifact;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code artifact:<repository>#<run>}: what one workflow run has left. */
public final class ArtifactKind implements StoreFactory {
    private static final Pattern PLACE = Pattern.compile("(.*)#(\\d{1,18})");

    @Override
    public String scheme() {
        return ArtifactRef.SCHEME;
    }

    @Override
    public SessionStore open(String place, StoreContext surroundings) {
        Matcher run = PLACE.matcher(place);
        if (!run.matches()) {
            throw Failure.badInput(
                    "artifacts belong to a workflow run, and none was named",
                    "name one, as in --store artifact:owner/name#12345678; nothing can be saved there");
        }
        String repository = run.group(1).isBlank() ? surroundings.repository().orElse("") : run.group(1);
        return store(repository, Long.parseLong(run.group(2)), surroundings);
    }

    @Override
    public SessionStore openFor(Ref ref, StoreContext surroundings) {
        ArtifactRef parsed = ArtifactRef.of(ref);
        return store(parsed.repository(), parsed.run(), surroundings);
    }

    private static SessionStore store(String repository, long run, StoreContext surroundings) {
        GitHub github = GitHub.connect(surroundings.environment(), surroundings.credentials(), surroundings.told());
        return new ArtifactStore(
                github, RepositoryName.parse(repository, github.server().host()), run);
    }
}
