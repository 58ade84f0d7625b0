package dev.sessionrelay.store.git;

import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept in a bare repository in a folder. */
@Needs(Tool.GIT)
class BareFolderStoreTest implements SessionStoreContract {
    @TempDir
    private Path temporary;

    private Path repository;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = GitCommand.bare(temporary.resolve("sessions.git"));
    }

    @AfterEach
    void isSoundForGit() throws IOException {
        GitCommand.in(repository).run("fsck", "--strict", "--no-dangling");
    }

    @Override
    public SessionStore open() {
        return new GitKind().open(repository.toString(), new StoreContext(Map.of(), temporary, Map.of()));
    }

    @Override
    public void damage(StoredSession session) throws IOException {
        Damage.manifest(repository, session);
    }
}
