package dev.sessionrelay.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A machine with a runner: a user with a home, and below it the folders that a runner keeps. What lies outside
 * {@code _temp} stays from job to job, as on a self-hosted one.
 */
public final class Runner implements AutoCloseable {
    private final Path root;
    private final HostUser user;

    private Runner(Path root, HostUser user) {
        this.root = root;
        this.user = user;
    }

    public static Runner standIn() throws IOException {
        Path root = Files.createTempDirectory(
                        "relay-host-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")))
                .toRealPath();
        var runner = new Runner(root, HostUser.create(root.resolve("home/runner")));
        runner.makeFolder(runner.workspace());
        return runner;
    }

    HostUser user() {
        return user;
    }

    public Path home() {
        return user.home();
    }

    /** {@code RUNNER_WORKSPACE}: the workspace is the folder of the repository's name in it. */
    Path work() {
        return home().resolve("work/my.repo_x");
    }

    public Path workspace() {
        return work().resolve("my.repo_x");
    }

    Path temp() {
        return home().resolve("work/_temp");
    }

    Path githubHome() {
        return temp().resolve("_github_home");
    }

    /** What one of this machine's jobs has as its Claude Code projects. */
    Path projects() {
        return home().resolve(".claude/projects");
    }

    /** What Claude Code calls the project in the workspace. */
    String projectName() {
        return workspace().toString().replaceAll("[^A-Za-z0-9]", "-");
    }

    /** As if the next job ran on another machine; the workspace stays, for the store in it. */
    public void forgetHome() throws IOException {
        deleteAll(home().resolve(".claude"));
    }

    public RunnerJob job(Event event) throws IOException {
        wipeTemp();
        makeFolder(temp().resolve("_runner_file_commands"));
        Path workflow = makeFolder(temp().resolve("_github_workflow"));
        user.own(Files.writeString(
                workflow.resolve("event.json"), event.payload().toPrettyString()));
        return new RunnerJob(this, event);
    }

    /** A folder, with those above it, as the runner's user makes it. */
    public Path makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.getParent());
            user.own(Files.createDirectory(folder));
        }
        return folder;
    }

    /** What the runner does before and after each job. */
    void wipeTemp() throws IOException {
        deleteAll(temp());
        makeFolder(temp());
    }

    @Override
    public void close() throws IOException {
        try {
            user.close();
        } finally {
            deleteAll(root);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
    }
}
