package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files that the user who runs the program may not read or write, and root who works for another user. */
@Needs(Tool.ROOT)
class PermissionsIT {
    private static final int USER = 1001;
    private static final int STRANGER = 65_534;

    @TempDir
    private Path folder;

    private Relay asRoot;
    private Relay asStranger;
    private Recording recording;
    private Path store;

    @BeforeEach
    void lay() throws IOException {
        change("chmod", "755", folder);
        asRoot = Relay.built().copiedTo(Files.createDirectory(folder.resolve("program")));
        asStranger = asRoot.under("setpriv", "--reuid=" + STRANGER, "--regid=" + STRANGER, "--clear-groups");
        recording = Recording.in(folder.resolve("claude")).grow(0, 20);
        store = folder.resolve("store");
        change("chmod", "-R", "a+rX", recording.home());
    }

    @Test
    void aStoreThatMayNotBeWrittenIsNamed() throws IOException {
        change("mkdir", "-m", "755", store);

        Relay.Ran ran = save(asStranger);

        assertRefused(ran, "could not save session %s: no permission for %s".formatted(recording.id(), store));
    }

    @Test
    void aStoreThatMayNotBeMadeIsNamedByTheFolderAbove() throws IOException {
        Relay.Ran ran = save(asStranger);

        assertRefused(ran, "could not save session %s: no permission for %s".formatted(recording.id(), folder));
    }

    @Test
    void aReadOnlyDiskIsSaidToBeOne() throws IOException {
        change("mkdir", store);
        assertThat(Relay.run("mount", "-t", "tmpfs", "-o", "ro", "closed", store.toString())
                        .exit())
                .isZero();
        try {
            Relay.Ran ran = save(asRoot);

            assertThat(ran.err()).isEqualTo("""
                            session-relay: could not save session %s: %s is on a read-only file system
                              choose a place that can be written
                            """.formatted(recording.id(), store));
            assertThat(ran.exit()).isEqualTo(3);
        } finally {
            Relay.run("umount", store.toString());
        }
    }

    @Test
    void aTranscriptThatMayNotBeReadIsNamed() throws IOException {
        change("chmod", "600", recording.transcript());

        Relay.Ran ran = asStranger.run(command("save", "--session-id=" + recording.id()));

        assertRefused(
                ran,
                "could not read session %s: no permission for %s".formatted(recording.id(), recording.transcript()));
    }

    @Test
    void aNewestSessionThatMayNotBeReadIsNoAbsentOne() throws IOException {
        change("chmod", "600", recording.transcript());

        Relay.Ran ran = save(asStranger);

        assertThat(ran.err()).contains("could not read " + recording.transcript() + ": no permission");
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void aProjectsFolderThatMayNotBeEnteredIsNamed() throws IOException {
        change("chmod", "700", recording.project());

        Relay.Ran ran = save(asStranger);

        assertRefused(ran, "could not look for sessions: no permission for " + recording.project());
    }

    @Test
    void aStoredSessionThatMayNotBeReadIsNamed() throws IOException {
        assertThat(save(asRoot).exit()).isZero();
        change("chmod", "711", store);

        Relay.Ran ran = restore(asStranger, folder.resolve("elsewhere"));

        assertThat(ran.err()).contains("could not read the stored session: no permission for " + store + "/keys/pr-12");
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void aConfigFolderThatMayNotBeWrittenIsNamed() throws IOException {
        assertThat(save(asRoot).exit()).isZero();
        change("chmod", "-R", "a+rX", store);
        Path home = Files.createDirectory(folder.resolve("elsewhere"));

        Relay.Ran ran = restore(asStranger, home);

        assertRefused(ran, "could not restore session %s: no permission for %s".formatted(recording.id(), home));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void rootRestoresForTheUserWhoseHomeItIs() throws IOException {
        assertThat(save(asRoot).exit()).isZero();
        Path user = Files.createDirectory(folder.resolve("user"));
        change("chown", USER + ":" + USER, user);

        assertThat(restore(asRoot, user.resolve(".claude")).exit()).isZero();

        Recording restored = Recording.in(user.resolve(".claude"));
        assertThat(restored.transcript()).hasSameBinaryContentAs(recording.transcript());
        assertThat(restored.subagent()).hasSameBinaryContentAs(recording.subagent());
        assertThat(shown(user.resolve(".claude")))
                .hasSizeGreaterThan(8)
                .allSatisfy(file -> assertThat(file).matches("1001 1001 (rwx------ folder|rw------- file) .*"));
    }

    @Test
    void rootKeepsAUsersStoreTheUsers() throws IOException {
        change("mkdir", store);
        change("chown", USER + ":" + USER, store);

        assertThat(save(asRoot).exit()).isZero();

        assertThat(shown(store))
                .hasSizeGreaterThan(8)
                .filteredOn(file -> !file.endsWith(" " + store))
                .allSatisfy(file -> assertThat(file).matches("1001 1001 (rwx------ folder|rw------- file) .*"));
    }

    private static void assertRefused(Relay.Ran ran, String why) {
        assertThat(ran.err())
                .isEqualTo(
                        "session-relay: " + why + "\n  give this user access to it, or run as the user who owns it\n");
        assertThat(ran.exit()).isEqualTo(3);
    }

    private Relay.Ran save(Relay relay) throws IOException {
        return relay.run(command("save", "--key=pr-12"));
    }

    private Relay.Ran restore(Relay relay, Path home) throws IOException {
        return relay.run(List.of(
                "restore",
                "--key=pr-12",
                "--store=folder:" + store,
                "--claude-home=" + home,
                "--working-directory=" + Recording.FOLDER));
    }

    private List<String> command(String verb, String option) {
        return List.of(
                verb,
                option,
                "--store=folder:" + store,
                "--claude-home=" + recording.home(),
                "--working-directory=" + Recording.FOLDER);
    }

    private static List<String> shown(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(PermissionsIT::show).toList();
        }
    }

    private static String show(Path file) {
        try {
            return Files.getAttribute(file, "unix:uid") + " " + Files.getAttribute(file, "unix:gid") + " "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + (Files.isDirectory(file) ? " folder " : " file ") + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(Object... command) throws IOException {
        String[] words = Stream.of(command).map(Object::toString).toArray(String[]::new);
        assertThat(Relay.run(words).exit()).isZero();
    }
}
