package dev.sessionrelay.action.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.FileCommands;
import dev.sessionrelay.action.runner.Inputs;
import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.action.runner.WorkflowCommands;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to the runner's home that need no Docker engine. */
class HomeResolverTest {
    private static final SessionId ID = new SessionId("11111111-2222-4333-8444-555555555555");

    @TempDir
    private Path root;

    private StandInRunner runner;
    private Path env;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void aRunner() throws IOException {
        runner = new StandInRunner(root);
        env = Files.createFile(root.resolve("env"));
    }

    @Test
    void takesTheFolderThatTheInputNamesByTheHostsName() throws IOException {
        String onHost = runner.host.resolve("work/_temp/_github_home/.claude").toString();
        RunnerHome home = choose(runner.with("claude-home", onHost)).open(true);
        assertThat(home.toRestore(ID).root()).isEqualTo(runner.home.resolve(".claude"));
        assertThat(home.there(runner.home.resolve(".claude/x"))).isEqualTo(onHost + "/x");
        assertThat(env).isEmptyFile();
    }

    @Test
    void takesTheFolderThatTheJobConfigured() throws IOException {
        runner.environment.put(
                "CLAUDE_CONFIG_DIR", runner.workspace.resolve("config").toString());
        RunnerHome home = choose(runner).open(true);
        assertThat(home.toRestore(ID).root()).isEqualTo(runner.workspace.resolve("config"));
        assertThat(home.describe()).contains("CLAUDE_CONFIG_DIR").contains(runner.hostWorkspace() + "/config");
    }

    @Test
    void heedsTheProjectsNameAsClaudeCodeDoes() throws IOException {
        runner.environment.put("CLAUDE_CODE_PROJECT_DIR_NAME", "short");
        assertThat(choose(runner).open(true).toRestore(ID).projectName()).isNotEqualTo(Optional.of("short"));
        runner.environment.put("CLAUDE_CONFIG_DIR", runner.home.resolve("c").toString());
        assertThat(choose(runner).open(true).toRestore(ID).projectName()).contains("short");
    }

    @Test
    void sharesTheHomeOfTheJobsContainer() throws IOException {
        runner.with("job-container", "4f6a");
        RunnerHome home = choose(runner).open(false);
        assertThat(home.toRestore(ID).root()).isEqualTo(runner.home.resolve(".claude"));
        assertThat(home.toRestore(ID).projectName()).contains("---w-my-re-po-my-re-po");
        assertThat(home.there(runner.home.resolve(".claude"))).isEqualTo(runner.home + "/.claude");
        assertThat(env).isEmptyFile();
    }

    @Test
    void refusesWhatTheJobsContainerDoesNotShare() {
        runner.with("job-container", "4f6a").with("claude-home", "/root/.claude");
        assertThatThrownBy(() -> choose(runner).open(true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("input claude-home names /root/.claude");
    }

    @Test
    void sendsClaudeCodeToTheSharedHomeWhereNoEngineAnswers() throws IOException {
        RunnerHome home = choose(runner).open(true);
        String theirs = runner.host.resolve("work/_temp/_github_home/.claude").toString();
        assertThat(home.toRestore(ID).root()).isEqualTo(runner.home.resolve(".claude"));
        assertThat(StandInRunner.parse(Files.readString(env))).containsEntry("CLAUDE_CONFIG_DIR", theirs);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("::notice title=Claude Code is sent")
                .contains("settings");
    }

    @Test
    void settlesWhereClaudeCodeGoesAlsoWhenThereIsNothingToRestore() throws IOException {
        choose(runner).settle();
        assertThat(StandInRunner.parse(Files.readString(env))).containsKey("CLAUDE_CONFIG_DIR");
    }

    /** It answers, but does not know this container, or its host does not know the runner's user. */
    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "500 Internal Server Error", "200 OK"})
    void believesNoRunnerThatItsHomeCanBeReached(String answer) throws IOException {
        runner.environment.put("RUNNER_ENVIRONMENT", "github-hosted");
        runner.dockerSocket = root.resolve("s");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(runner.dockerSocket));
            Thread.ofPlatform().daemon().start(() -> serve(engine, answer));
            choose(runner).settle();
        }
        assertThat(StandInRunner.parse(Files.readString(env))).containsKey("CLAUDE_CONFIG_DIR");
    }

    private static void serve(ServerSocketChannel engine, String answer) {
        try {
            while (true) {
                try (SocketChannel connection = engine.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(1 << 16);
                    connection.read(request);
                    boolean isPing = new String(request.array(), StandardCharsets.US_ASCII).contains("/_ping");
                    String text = "HTTP/1.1 " + (isPing ? "200 OK" : answer) + "\r\nContent-Length: 2\r\n\r\n{}";
                    connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void cannotSendClaudeCodeElsewhereAfterItRan() {
        assertThatThrownBy(() -> choose(runner).open(false))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void explainsAFolderThatIsOnlyOnTheHost() {
        assertThatThrownBy(
                        () -> choose(runner.with("claude-home", "~/.claude-ci")).open(true))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.describe())
                                .contains("~/.claude-ci")
                                .contains("_github_home"));
    }

    @Test
    @Needs(Tool.ROOT)
    void leavesFoldersAloneThatRootMade() throws IOException {
        Files.setAttribute(runner.home, "unix:uid", 1001);
        Files.setAttribute(runner.home, "unix:gid", 1001);
        Path made = Files.createDirectories(runner.home.resolve(".claude/projects"));
        Files.setAttribute(made.getParent(), "unix:uid", 1001);
        RunnerHome home = choose(runner).open(true);

        assertThatThrownBy(() -> home.toRestore(ID))
                .hasMessageContaining("projects belongs to uid 0, and not to the runner's user (uid 1001)");
        assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(0);
    }

    @Test
    void followsNoLinkFromAFolderThatIsShared() throws IOException {
        Path elsewhere = Files.createDirectory(runner.home.resolveSibling("elsewhere"));
        Files.createSymbolicLink(runner.workspace.resolve("link"), elsewhere);
        for (String named : new String[] {"link", "link/new"}) {
            RunnerHome home = choose(runner.with("claude-home", named)).open(true);
            assertThatThrownBy(() -> home.toRestore(ID)).hasMessageContaining("link is not a folder but a link");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void readsTheHostsListOfUsers() {
        String passwd = """
                root:x:0:0:root:/root:/bin/bash
                broken
                runner:x:1001:1001:,,,:/home/runner:/bin/bash
                nobody:x:65534:65534::/:/usr/sbin/nologin
                """;
        assertThat(HostUser.homeIn(passwd, 1001)).contains("/home/runner");
        assertThat(HostUser.homeIn(passwd, 0)).contains("/root");
        assertThat(HostUser.homeIn(passwd, 65534)).isEmpty();
        assertThat(HostUser.homeIn(passwd, 100)).isEmpty();
    }

    private HomeResolver choose(StandInRunner standIn) {
        ActionContext seen = standIn.asSeen(
                Map.of("GITHUB_ENV", env.toString()), new PrintStream(log, true, StandardCharsets.UTF_8));
        Inputs inputs = Inputs.read(seen.environment(), Optional.empty());
        return new HomeResolver(
                seen, inputs, PathMapping.of(seen, inputs), new WorkflowCommands(seen.out()), new FileCommands(seen));
    }
}
