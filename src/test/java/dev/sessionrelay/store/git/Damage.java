package dev.sessionrelay.store.git;

import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.GitCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a careless hand does to a branch, with plain git. */
final class Damage {
    private Damage() {}

    static void manifest(Path repository, StoredSession session) throws IOException {
        Path clone = Files.createTempDirectory("damage");
        String branch = GitRef.parse(session.ref()).branch();
        GitCommand git = GitCommand.in(clone);
        git.run("clone", "-q", "-b", branch, repository.toString(), ".");
        Path manifest = clone.resolve("sessions/" + session.manifest().sessionId() + "/manifest.json");
        Files.writeString(manifest, "{\"format\":1,");
        git.run("commit", "-qam", "oops");
        git.run("push", "-q", "origin", "HEAD:refs/heads/" + branch);
    }
}
