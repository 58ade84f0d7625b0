package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fills up under a repository, or under what passes through on the way to it. */
@Needs({Tool.ROOT, Tool.GIT})
class GitFullDiskIT {
    private static final int SOME = 100;
    private static final int MORE = 18_000;

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private Recording recording;

    @BeforeEach
    void mountASmallDisk() throws IOException {
        disk = SmallDisk.mountedAt(folder.resolve("disk"));
        recording = Recording.in(folder.resolve("claude")).grow(0, SOME);
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    /** Full from the start, and in the midst of the session. */
    @ParameterizedTest(name = "{0} KiB free")
    @ValueSource(longs = {0, 64})
    void aRepositoryThatIsFullKeepsItsEarlierSave(long free) throws IOException {
        Path repository = GitCommand.bare(disk.folder().resolve("sessions.git"));
        Relay relay = Relay.built();
        assertThat(save(relay, repository.toString()).exit()).isZero();
        String refs = refs(repository);
        recording.grow(SOME, MORE);
        disk.fillUpTo(free << 10);

        Relay.Ran full = save(relay, repository.toString());

        assertThat(full.err()).isEqualTo("""
                        session-relay: could not save session %s: the disk is full at git:%s
                          free some room there, or choose another place, and run this again: nothing was changed
                        """.formatted(recording.id(), repository));
        assertThat(full.exit()).isEqualTo(5);
        assertSound(repository, refs);

        disk.enlarge();
        assertThat(save(relay, repository.toString()).exit()).isZero();
        assertRestoresWhole(relay, repository.toString());
        assertSound(repository, refs(repository));
    }

    @Test
    void aTemporaryFolderThatIsFullDoesNotConcernARepositoryInAFolder() throws IOException {
        Path repository = GitCommand.bare(folder.resolve("sessions.git"));
        Relay relay = relayWithItsTemporaryFolderThere();
        disk.fillUpTo(0);

        assertThat(save(relay, repository.toString()).exit()).isZero();
        recording.grow(SOME, MORE);
        assertThat(save(relay, repository.toString()).exit()).isZero();

        assertSound(repository, refs(repository));
    }

    @Test
    @Needs(Tool.LIGHTTPD)
    void aTemporaryFolderThatIsFullLeavesAHostsRepositoryAlone() throws IOException {
        try (GitHost host = GitHost.start(Files.createDirectory(folder.resolve("host")))) {
            Path repository = host.repository("open/sessions.git");
            GitCommand.in(repository).run("config", "http.receivepack", "true");
            String address = "http://127.0.0.1:" + host.port() + "/open/sessions.git";
            leavesItAlone(repository, address);

            disk.fillUpTo(64 << 10);
            Recording nowhere = Recording.in(folder.resolve("nowhere"));
            Relay.Ran full = restore(relayWithItsTemporaryFolderThere(), nowhere, address);
            assertThat(full.err()).contains("the disk is full at " + disk.folder() + "/");
            assertThat(full.exit()).isEqualTo(5);
            assertThat(nowhere.transcript()).doesNotExist();
        }
    }

    private Relay relayWithItsTemporaryFolderThere() {
        return Relay.built().with("-Djava.io.tmpdir=" + disk.folder());
    }

    private void leavesItAlone(Path repository, String address) throws IOException {
        Relay relay = relayWithItsTemporaryFolderThere();
        assertThat(save(relay, address).exit()).isZero();
        String refs = refs(repository);
        recording.grow(SOME, MORE);
        disk.fillUpTo(64 << 10);

        Relay.Ran full = save(relay, address);

        assertThat(full.err())
                .startsWith("session-relay: could not save session %s: the disk is full at %s/"
                        .formatted(recording.id(), disk.folder()))
                .contains("nothing was changed");
        assertThat(full.exit()).isEqualTo(5);
        assertSound(repository, refs);
        assertThat(disk.files()).as("what is left of it").isEmpty();

        disk.enlarge();
        assertThat(save(relay, address).exit()).isZero();
        assertThat(refs(repository)).isNotEqualTo(refs);
        assertRestoresWhole(relay, address);
        assertSound(repository, refs(repository));
    }

    private Relay.Ran save(Relay relay, String address) throws IOException {
        return relay.run("save", recording, "git:" + address, "--allow-public");
    }

    private static Relay.Ran restore(Relay relay, Recording recording, String address) throws IOException {
        return relay.run("restore", recording, "git:" + address);
    }

    private static String refs(Path repository) throws IOException {
        return GitCommand.in(repository).run("for-each-ref");
    }

    private static void assertSound(Path repository, String refs) throws IOException {
        assertThat(refs(repository)).isEqualTo(refs);
        assertThat(GitCommand.in(repository).run("fsck", "--full", "--strict"))
                .doesNotContain("error", "corrupt", "missing");
    }

    private void assertRestoresWhole(Relay relay, String address) throws IOException {
        Recording elsewhere = Recording.in(folder.resolve("elsewhere"));
        assertThat(restore(relay, elsewhere, address).exit()).isZero();
        assertThat(elsewhere.transcript()).hasSameBinaryContentAs(recording.transcript());
    }
}
