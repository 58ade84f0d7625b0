package dev.sessionrelay.store.release;

import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A repository with releases, and whoever saves there. */
final class ReleaseWorld implements AutoCloseable {
    final StandIn standIn = StandIn.start();
    final Repo repo = standIn.hub().repository("octocat/hello", false);
    final List<String> told = new CopyOnWriteArrayList<>();
    private final GitHub github;

    ReleaseWorld() throws IOException {
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        github = standIn.client("ghs_job");
    }

    ReleaseStore store() {
        return store(repo, false);
    }

    ReleaseStore store(Repo other, boolean allowPublic) {
        return new ReleaseStore(github, new RepositoryName(other.owner(), other.name()), allowPublic, told::add);
    }

    @Override
    public void close() {
        github.close();
        standIn.close();
    }
}
