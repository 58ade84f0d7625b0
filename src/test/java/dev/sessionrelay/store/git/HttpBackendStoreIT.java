package dev.sessionrelay.store.git;

import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract over smart HTTP, with the real {@code git http-backend} on the other side. */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class HttpBackendStoreIT implements SessionStoreContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path temporary;

    @AutoClose
    private static GitHost host;

    private String name;
    private Path repository;

    @BeforeAll
    static void startHost() throws IOException {
        host = GitHost.start(temporary);
    }

    @BeforeEach
    void makeRepository() throws IOException {
        name = "owner/sessions-" + NUMBER.incrementAndGet();
        repository = host.repository(name + ".git");
    }

    @AfterEach
    void isSoundForGit() throws IOException {
        GitCommand.in(repository).run("fsck", "--strict", "--no-dangling");
    }

    @Override
    public SessionStore open() {
        return new GitKind().open(name, new StoreContext(host.environment(), temporary, Map.of()));
    }

    @Override
    public void damage(StoredSession session) throws IOException {
        Damage.manifest(repository, session);
    }
}
