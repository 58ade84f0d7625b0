package dev.sessionrelay.action.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.action.Claude;
import dev.sessionrelay.action.docker.Engine;
import dev.sessionrelay.action.docker.HostFolders;
import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.relay.OnConflict;
import dev.sessionrelay.relay.Restore;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.folder.FolderStore;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way into a home on the host, with a real Docker engine. The test's own machine is the host. */
@Needs({Tool.DOCKER, Tool.BASE_IMAGES, Tool.ROOT})
class DockerClaudeHomeIT {
    private static final Owner USER = new Owner(1001, 121);
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String FOLDER = "/home/runner/work/my.re_po/my.re_po";
    private static final String PROJECT = "-home-runner-work-my-re-po-my-re-po";

    @TempDir
    private Path root;

    private Path userHome;
    private SessionStore store;

    @BeforeEach
    void aUserAndAStoredSession() throws IOException {
        userHome = Files.createDirectory(root.resolve("runner"));
        Files.setAttribute(userHome, "unix:uid", 1001);
        Files.setAttribute(userHome, "unix:gid", 121);
        store = new FolderStore(root.resolve("store"));
        StandInRunner first = new StandInRunner(root.resolve("first"));
        first.with("store", "folder:store").with("job-container", "x").run();
        Claude.in(first.home.resolve(".claude"), "/__w/my.re_po/my.re_po").turn(ID, "begin", Instant.now());
        Path subagents = Files.createDirectories(
                first.home.resolve(".claude/projects/---w-my-re-po-my-re-po/" + ID + "/subagents"));
        Files.writeString(subagents.resolve("agent-1.jsonl"), "{\"type\":\"user\"}\n");
        first.run();
        Files.move(first.workspace.resolve("store"), root.resolve("store"));
    }

    private Path configFolder() {
        return userHome.resolve(".claude");
    }

    private Claude claude() {
        return Claude.in(configFolder(), FOLDER);
    }

    private RunnerHome open() throws IOException {
        Engine engine = Engine.at(Path.of("/var/run/docker.sock"));
        return DockerClaudeHome.open(
                engine, "debian:bookworm-slim", configFolder().toString(), PROJECT, USER);
    }

    private Restore.RestoreReceipt restore() throws IOException {
        try (RunnerHome home = open()) {
            ClaudeHome here = home.toRestore(new SessionId(ID));
            Restore.RestoreReceipt receipt = Restore.run(
                    new Restore.RestoreRequest(
                            here,
                            Path.of(FOLDER),
                            new Query.BySession(new SessionId(ID), Optional.empty()),
                            OnConflict.FAIL,
                            new Trust.Anyone()),
                    store);
            home.deliver();
            assertThat(home.there(receipt.transcript()))
                    .isEqualTo(claude().transcript(ID).toString());
            return receipt;
        }
    }

    @Test
    void placesASessionAsTheUsersOwnWhereClaudeCodeHasNeverRun() throws IOException {
        assertThat(restore().outcome()).isEqualTo(Restore.RestoreOutcome.PLACED);
        assertThat(claude().transcript(ID)).content().contains("begin");
        for (Path path = claude().transcript(ID); !path.equals(userHome); path = path.getParent()) {
            assertBelongsToUser(path);
        }
        assertBelongsToUser(claude().project().resolve(ID + "/subagents/agent-1.jsonl"));
        assertThat(Files.getLastModifiedTime(claude().transcript(ID)).toInstant())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void leavesWhatExistsAsItIs() throws IOException {
        Files.createDirectories(configFolder().resolve("projects"));
        Files.writeString(configFolder().resolve("settings.json"), "{}");
        for (Path path : new Path[] {configFolder(), configFolder().resolve("projects")}) {
            Files.setAttribute(path, "unix:uid", 1001);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        restore();
        assertThat(configFolder().resolve("settings.json")).hasContent("{}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(configFolder())))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void putsOnlyWhatIsNewBehindWhatIsThere() throws IOException {
        restore();
        String all = Files.readString(claude().transcript(ID));
        Files.writeString(claude().transcript(ID), all.substring(0, all.indexOf('\n') + 1));
        assertThat(restore().outcome()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        assertThat(claude().transcript(ID)).content().isEqualTo(all);
        assertBelongsToUser(claude().transcript(ID));
    }

    @Test
    void doesNotTouchASessionThatHasGoneFurther() throws IOException {
        restore();
        claude().turn(ID, "further", Instant.now());
        Object file = Files.getAttribute(claude().transcript(ID), "unix:ino");
        assertThat(restore().outcome()).isEqualTo(Restore.RestoreOutcome.AHEAD);
        assertThat(Files.getAttribute(claude().transcript(ID), "unix:ino")).isEqualTo(file);
    }

    @Test
    void refreshesASessionThatClaudeCodeWouldSoonRemove() throws IOException {
        restore();
        Instant longAgo = Instant.now().minusSeconds(29L * 24 * 3600);
        Files.setLastModifiedTime(claude().transcript(ID), FileTime.from(longAgo));
        assertThat(restore().outcome()).isEqualTo(Restore.RestoreOutcome.UNCHANGED);
        assertThat(Files.getLastModifiedTime(claude().transcript(ID)).toInstant())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void findsTheNewestSessionAndBringsItWithItsSubagents() throws IOException {
        restore();
        String other = ID.replace('1', '7');
        claude().turn(other, "older", Instant.now().minusSeconds(7200));
        Files.setLastModifiedTime(
                claude().transcript(other), FileTime.from(Instant.now().minusSeconds(7200)));
        try (RunnerHome home = open()) {
            ClaudeHome recent = home.toSearch(Instant.now().minusSeconds(3600));
            assertThat(recent.projectOf(Path.of(FOLDER)).resolve(ID + ".jsonl")).exists();
            assertThat(recent.projectOf(Path.of(FOLDER)).resolve(other + ".jsonl"))
                    .doesNotExist();
            assertThat(recent.projectOf(Path.of(FOLDER)).resolve(ID)).doesNotExist();
            ClaudeHome whole = home.toSave(new SessionId(ID));
            assertThat(whole.projectOf(Path.of(FOLDER)).resolve(ID + "/subagents/agent-1.jsonl"))
                    .exists();
        }
    }

    @Test
    void lookingLeavesNothingThatOnlyRootCanWrite() throws IOException {
        try (RunnerHome home = open()) {
            assertThat(home.toSearch(Instant.EPOCH).exists()).isFalse();
        }
        assertBelongsToUser(configFolder());
    }

    @Test
    void findsASessionOfAnotherFolder() throws IOException {
        own(configFolder());
        Claude.in(configFolder(), FOLDER + "/sub").turn(ID, "elsewhere", Instant.now());
        try (RunnerHome home = open()) {
            assertThat(home.toSave(new SessionId(ID)).root().resolve("projects/" + PROJECT + "-sub/" + ID + ".jsonl"))
                    .exists();
        }
    }

    @Test
    void doesNotFollowALink() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        own(configFolder());
        Files.createSymbolicLink(configFolder().resolve("projects"), elsewhere);
        assertThatThrownBy(this::restore).hasMessageContaining("not a folder but a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void leavesNoHelperBehind() throws IOException {
        Engine engine = Engine.at(Path.of("/var/run/docker.sock"));
        HostFolders folders = HostFolders.bind(
                engine,
                "debian:bookworm-slim",
                Map.of("claude", new HostFolders.Binding(configFolder().toString(), false)));
        assertThat(folders.look("claude")).isPresent();
        folders.close();
        assertThat(folders.look("claude")).isEmpty();
    }

    @Test
    void leavesNoHelperBehindWhenTheProcessIsToldToEnd() throws Exception {
        Process reaching = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reaching.class.getName(),
                        configFolder().toString())
                .redirectErrorStream(true)
                .start();
        try {
            String helper = reaching.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(helpers()).as(helper).contains(helper);
            reaching.destroy();
            assertThat(reaching.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(helpers()).doesNotContain(helper);
        } finally {
            reaching.destroyForcibly();
        }
    }

    private static List<String> helpers() throws IOException {
        Process list = new ProcessBuilder(
                        "docker", "ps", "-aq", "--no-trunc", "--filter", "label=dev.sessionrelay.helper")
                .start();
        return list.inputReader(StandardCharsets.UTF_8).readAllLines();
    }

    /** Is on its way to a folder of the host for as long as it is left to. */
    static final class Reaching {
        private Reaching() {}

        public static void main(String[] arguments) throws Exception {
            List<String> before = helpers();
            HostFolders.bind(
                    Engine.at(Path.of("/var/run/docker.sock")),
                    "debian:bookworm-slim",
                    Map.of("claude", new HostFolders.Binding(arguments[0], false)));
            List<String> made = new ArrayList<>(helpers());
            made.removeAll(before);
            System.out.println(made.getFirst());
            Thread.sleep(Duration.ofMinutes(2));
        }
    }

    private static Path own(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setAttribute(folder, "unix:uid", USER.uid());
        Files.setAttribute(folder, "unix:gid", USER.gid());
        return folder;
    }

    private void requireRefused(String path, String why) throws IOException {
        Engine engine = Engine.at(Path.of("/var/run/docker.sock"));
        assertThatThrownBy(() -> DockerClaudeHome.open(engine, "debian:bookworm-slim", path, PROJECT, USER))
                .as(path)
                .hasMessageContaining(why);
    }

    /** The engine works as root: whoever names the folder must not have it change what is not theirs. */
    @Test
    void leavesFoldersAloneThatAreNotTheUsers() throws IOException {
        Path ofRoot = Files.createDirectory(root.resolve("of-root"));
        Files.setPosixFilePermissions(ofRoot, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path inUsers = Files.createDirectory(userHome.resolve("of-root"));
        Files.createSymbolicLink(userHome.resolve("to-top"), Path.of("/"));
        Files.createSymbolicLink(userHome.resolve("to-root"), ofRoot);
        Object top = Files.getAttribute(Path.of("/"), "unix:mode");

        requireRefused("/", "not the path of a folder below /");
        requireRefused("//", "not the path of a folder below /");
        requireRefused("/etc/..", "not the path of a folder below /");
        requireRefused("relative", "not the path of a folder below /");
        requireRefused("/etc", "no folder on the way to /etc belongs to the runner's user");
        requireRefused("/etc/claude-of-nobody", "no folder on the way");
        requireRefused(ofRoot.toString(), "no folder on the way");
        requireRefused(ofRoot.resolve("new").toString(), "no folder on the way");
        requireRefused(inUsers.toString(), "belongs to uid 0, and not to the runner's user (uid 1001)");
        requireRefused(inUsers.resolve("new").toString(), "belongs to uid 0");
        requireRefused(userHome.resolve("to-top").toString(), "is not a folder but a link");
        requireRefused(userHome.resolve("to-root/new").toString(), "is not a folder but a link");

        assertThat(Files.getAttribute(Path.of("/"), "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(Path.of("/"), "unix:mode")).isEqualTo(top);
        assertThat(ofRoot).isEmptyDirectory();
        assertThat(inUsers).isEmptyDirectory();
        assertThat(Path.of("/etc/claude-of-nobody")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ofRoot)))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.getAttribute(inUsers, "unix:uid")).isEqualTo(0);
    }

    @Test
    void leavesAFolderInTheHomeAloneThatRootMade() throws IOException {
        own(configFolder());
        Path ofRoot = Files.createDirectory(configFolder().resolve("projects"));

        assertThatThrownBy(this::restore).hasMessageContaining("projects on the runner belongs to uid 0");
        assertThat(Files.getAttribute(ofRoot, "unix:uid")).isEqualTo(0);
        assertThat(ofRoot).isEmptyDirectory();
    }

    /** A link that is put there after the look leads to nothing of the host's. */
    @Test
    void writesNothingThroughALinkThatComesBetween() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (RunnerHome home = open()) {
            ClaudeHome here = home.toRestore(new SessionId(ID));
            Restore.run(
                    new Restore.RestoreRequest(
                            here,
                            Path.of(FOLDER),
                            new Query.BySession(new SessionId(ID), Optional.empty()),
                            OnConflict.FAIL,
                            new Trust.Anyone()),
                    store);
            Files.delete(configFolder());
            Files.createSymbolicLink(configFolder(), elsewhere);
            assertThatThrownBy(home::deliver).isInstanceOf(IOException.class);
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void makesEveryMissingFolderAsTheUsers() throws IOException {
        Engine engine = Engine.at(Path.of("/var/run/docker.sock"));
        Path deep = userHome.resolve("a/b/claude");
        DockerClaudeHome.open(engine, "debian:bookworm-slim", deep.toString(), PROJECT, USER)
                .close();

        for (Path path = deep; !path.equals(userHome); path = path.getParent()) {
            assertBelongsToUser(path);
        }
    }

    private static void assertBelongsToUser(Path path) throws IOException {
        assertThat(Files.getAttribute(path, "unix:uid")).as("%s", path).isEqualTo(1001);
        assertThat(Files.getAttribute(path, "unix:gid")).as("%s", path).isEqualTo(121);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .as("%s", path)
                .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
    }
}
