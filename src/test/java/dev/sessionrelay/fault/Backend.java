package dev.sessionrelay.fault;

import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place that sessions can be kept in, and what reaches it.
 *
 * @param repository the git repository behind it, where there is one on this disk
 * @param closing ends what stands behind it
 */
record Backend(String store, Map<String, String> environment, Optional<Path> repository, AutoCloseable closing)
        implements AutoCloseable {
    enum Kind {
        FOLDER,
        BARE_FOLDER_GIT,
        GIT_OVER_HTTP,
        GIST,
        RELEASE
    }

    static Backend of(Kind kind, Path folder) throws IOException {
        return switch (kind) {
            case FOLDER -> new Backend("folder:" + folder.resolve("store"), Map.of(), Optional.empty(), () -> {});
            case BARE_FOLDER_GIT -> {
                Path bare = GitCommand.bare(folder.resolve("store.git"));
                yield new Backend("git:" + bare, Map.of(), Optional.of(bare), () -> {});
            }
            case GIT_OVER_HTTP -> {
                GitHost host = GitHost.start(Files.createDirectories(folder.resolve("host")));
                yield new Backend(
                        "git:owner/name", host.environment(), Optional.of(host.repository("owner/name.git")), host);
            }
            case GIST, RELEASE -> {
                StandIn standIn = StandIn.start();
                standIn.hub().repository("octo/hello", false);
                standIn.hub().grant("gho_mine", new Grant.Classic(Set.of("repo", "gist")));
                yield new Backend(
                        kind == Kind.GIST ? "gist" : "release:octo/hello",
                        Map.of(
                                "GITHUB_API_URL", standIn.at().api(),
                                "GITHUB_SERVER_URL", standIn.at().pages(),
                                "GH_TOKEN", "gho_mine"),
                        Optional.empty(),
                        standIn);
            }
        };
    }

    SessionStore open(Path folder) {
        return Stores.open(store, new StoreContext(environment, folder, Map.of()));
    }

    /** What git itself finds wrong. */
    void requireSound() throws IOException {
        if (repository.isPresent()) {
            GitCommand.in(repository.get()).run("fsck", "--strict", "--no-dangling");
        }
    }

    static List<Kind> kinds() {
        return List.of(Kind.values());
    }

    @Override
    public void close() throws IOException {
        try {
            closing.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
