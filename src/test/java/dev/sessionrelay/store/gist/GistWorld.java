package dev.sessionrelay.store.gist;

import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.standin.Gist;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.StoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account with gists, and whoever saves there. */
final class GistWorld implements AutoCloseable {
    final StandIn standIn = StandIn.start();
    final List<String> told = new CopyOnWriteArrayList<>();
    private final GitHub github;

    GistWorld() throws IOException {
        standIn.hub().grant("ghp_mine", new Grant.Classic(Set.of("gist")));
        github = standIn.client("ghp_mine");
    }

    GistStore store() {
        return store(github);
    }

    GistStore store(GitHub connection) {
        return new GistStore(connection, new StoreContext(Map.of("NO_PROXY", "*"), Path.of("."), Map.of(), told::add));
    }

    List<Gist> gists() {
        return standIn.gists().all();
    }

    @Override
    public void close() {
        github.close();
        standIn.close();
    }
}
