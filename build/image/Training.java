import dev.sessionrelay.action.ActionFace;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.cli.Cli;
import dev.sessionrelay.cli.CliContext;
import dev.sessionrelay.process.ShutdownGrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.Class;
import java.lang.Exception;
import java.lang.IllegalStateException;
import java.lang.ReflectiveOperationException;
import java.lang.String;
import java.lang.System;
import java.lang.Thread;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Does in one process what the program usually does, so that the cache learns which classes that takes. Arguments: an
 * empty folder, and the URL of a server with TLS.
 */
final class Training {
    private final Path work;

    private Training(Path work) {
        this.work = work;
    }

    public static void main(String[] given) throws Exception {
        Training training = new Training(Files.createDirectories(Path.of(given[0])));
        training.commands();
        training.longSession();
        training.jobs();
        training.git(given[1]);
        training.gitHub(given[1]);
    }

    private void commands() throws IOException, ReflectiveOperationException {
        // The one class that nothing here calls. Loaded from its jar, it makes every start open that.
        Class.forName("dev.sessionrelay.Main");
        expect(0, "--version");
        expect(1, "restore", "--key", "none");
        expect(0, "save", "--sample");
        expect(0, "list");
        expect(0, "restore", "--key", "sample");
        expect(0, "find", "--explain");
        expect(0, "save", "--key", "again", "--json");
        expect(0, "restore", "--key", "again", "--json");
    }

    /** One so long that the cache also learns how lines are gone through, and the compiler need not find out. */
    private void longSession() throws IOException {
        String id = "5e55104e-1a7e-4000-8000-000000000002";
        Path sample;
        try (Stream<Path> files = Files.walk(work.resolve("home/.claude/projects"))) {
            sample = files.filter(file -> file.toString().endsWith(".jsonl")).findAny().orElseThrow();
        }
        byte[] lines = Files.readAllBytes(sample);
        List<String> rules = rules();
        Path longer = sample.resolveSibling(id + ".jsonl");
        try (OutputStream out = Files.newOutputStream(longer)) {
            for (int i = 0; i < (16 << 20) / lines.length; i++) {
                out.write(lines);
                out.write(rules.get(i % rules.size()).getBytes(StandardCharsets.UTF_8));
            }
        }
        expect(0, "save", "--session-id", id, "--key", "long");
        expect(0, "restore", "--key", "long", "--claude-home", work + "/elsewhere");
        Files.delete(longer);
    }

    /** The rules for secrets, a record each: text that all of them look at closely. */
    private static List<String> rules() throws IOException {
        try (InputStream in = Cli.class.getResourceAsStream("/dev/sessionrelay/protect/redact/rules.tsv")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return all.lines()
                    .map(rule -> rule.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", " = "))
                    .map(rule -> "{\"type\":\"system\",\"content\":\"" + rule + "\"}\n")
                    .toList();
        }
    }

    private void expect(int status, String... arguments) throws IOException {
        expect(status, Map.of(), arguments);
    }

    private void expect(int status, Map<String, String> more, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("HOME", work + "/home");
        environment.put("XDG_DATA_HOME", work + "/data");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream all = new PrintStream(said, true, StandardCharsets.UTF_8);
        CliContext world = new CliContext(
                environment,
                Files.createDirectories(work.resolve("project")),
                all,
                all,
                Clock.systemUTC());
        int ended = Cli.run(world, arguments);
        if (ended != status) {
            throw new IllegalStateException(
                    String.join(" ", arguments) + " ended with " + ended + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    /** A job that finds nothing and saves, one that restores that, and one that finds its Docker engine out of order. */
    private void jobs() throws IOException {
        String home = work + "/home/.claude";
        step("main", Map.of("INPUT_CLAUDE-HOME", home));
        expect(0, "restore", "--key", "sample");
        step("post", Map.of("INPUT_CLAUDE-HOME", home, "STATE_relay_mode", "RELAY"));
        step("main", Map.of("INPUT_CLAUDE-HOME", home, "INPUT_KEY", "pr-1"));
        Path socket = work.resolve("docker.sock");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> refuse(engine));
            step("main", Map.of("INPUT_KEY", "pr-1"));
        }
    }

    private void step(String stage, Map<String, String> given) throws IOException {
        Path temp = Files.createDirectories(work.resolve("_temp"));
        Path event = Files.writeString(
                temp.resolve("event.json"), "{\"pull_request\":{\"number\":1},\"repository\":{\"visibility\":\"private\"}}");
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", work + "/home",
                "GITHUB_ACTIONS", "true",
                "GITHUB_WORKSPACE", work + "/project",
                "GITHUB_REPOSITORY", "octo-org/project",
                "GITHUB_EVENT_NAME", "pull_request",
                "GITHUB_EVENT_PATH", event.toString(),
                "GITHUB_REF", "refs/pull/1/merge",
                "RUNNER_WORKSPACE", work.toString(),
                "RUNNER_TEMP", temp.toString(),
                "INPUT_STORE", "folder:" + work + "/project/.sessions"));
        for (String file : List.of("OUTPUT", "ENV", "STATE", "STEP_SUMMARY")) {
            environment.put("GITHUB_" + file, temp.resolve(file).toString());
        }
        environment.putAll(given);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Path socket = work.resolve("docker.sock");
        int ended = ActionFace.run(
                new ActionContext(environment, out, Clock.systemUTC(), socket, ShutdownGrace.none()), List.of());
        System.out.println(said.toString(StandardCharsets.UTF_8));
        if (ended != 0) {
            throw new IllegalStateException("the action's " + stage + " ended with " + ended);
        }
    }

    private static void refuse(ServerSocketChannel engine) {
        while (engine.isOpen()) {
            try (SocketChannel asked = engine.accept()) {
                asked.read(ByteBuffer.allocate(1 << 12));
                asked.write(ByteBuffer.wrap("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"
                        .getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Sessions in a repository: one on this machine, and one behind TLS that has none. */
    private void git(String server) throws IOException {
        try (Repository bare = new FileRepositoryBuilder().setGitDir(work.resolve("bare.git").toFile()).build()) {
            bare.create(true);
        }
        String store = "git:" + work + "/bare.git";
        expect(0, "save", "--store", store, "--key", "pr-1");
        expect(0, "restore", "--store", store, "--key", "pr-1");
        expect(1, "restore", "--store", "git:" + server + "octo-org/project.git", "--key", "pr-1");
    }

    /** Sessions in a draft release, and in a secret gist. */
    private void gitHub(String server) throws IOException {
        Map<String, String> github = Map.of("GITHUB_API_URL", server + "api", "GITHUB_TOKEN", "training");
        expect(0, github, "save", "--store", "release:octo-org/project", "--key", "pr-1");
        expect(0, github, "restore", "--store", "release:octo-org/project", "--key", "pr-1");
        expect(0, github, "list", "--store", "release:octo-org/project");
        expect(0, github, "save", "--store", "gist", "--key", "pr-1");
        expect(0, github, "restore", "--store", "gist", "--key", "pr-1");
    }
}
