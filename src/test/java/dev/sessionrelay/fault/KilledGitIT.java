package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.cli.CommandLineFace;
import dev.sessionrelay.cli.World;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL before the system calls by which a save, and a delete, change a repository in a folder: no lock of theirs keeps
 * the next one out, git finds nothing wrong, and nothing in it belongs to another than its owner. All of the calls with
 * {@code -Drelay.kills=1000}; else those about locks and a few more.
 */
@Needs({Tool.ROOT, Tool.STRACE, Tool.GIT})
class KilledGitIT {
    private static final int MOST = Integer.getInteger("relay.kills", 6);
    private static final int USER = 1001;

    private final Relay relay = Relay.built()
            .with("-XX:ActiveProcessorCount=1", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0");

    @TempDir
    private Path folder;

    @Test
    void aLaterSave(TestReporter reporter) throws IOException {
        Path before = machine();
        Recording recording = Recording.in(before.resolve("home")).grow(0, 20);
        assertThat(runHere(command(before, "save"))).isEmpty();
        recording.grow(20, 40);
        killEach(before, "save", reporter);
    }

    @Test
    void aDeleteOfAPackedBranch(TestReporter reporter) throws IOException {
        Path before = machine();
        Recording.in(before.resolve("home")).grow(0, 20);
        assertThat(runHere(command(before, "save"))).isEmpty();
        GitCommand.in(repository(before)).run("pack-refs", "--all");
        killEach(before, "delete", reporter);
    }

    private void killEach(Path before, String verb, TestReporter reporter) throws IOException {
        Relay.run("chown", "-R", USER + ":" + USER, repository(before).toString());
        Path traced = copy(before, "traced");
        relay.with("-XX:AOTCacheOutput=" + folder.resolve("start.aot")).run(command(copy(before, "trained"), verb));
        Relay quick = relay.with("-XX:AOTCache=" + folder.resolve("start.aot"));
        List<KillPoint> points = some(KillPoint.of(relay, command(traced, verb), traced));
        requireItsOwn(traced);
        for (KillPoint point : points) {
            Path copy = copy(before, "copy");
            assertThat(point.kill(quick, command(copy, verb)).exit())
                    .describedAs("killed at %s", point)
                    .isEqualTo(128 + 9);
            GitCommand.in(repository(copy)).run("-c", "safe.directory=*", "fsck", "--strict", "--no-dangling");

            assertThat(runHere(command(copy, "save")))
                    .describedAs("killed at %s", point)
                    .isEmpty();
            GitCommand.in(repository(copy)).run("-c", "safe.directory=*", "fsck", "--strict", "--no-dangling");
            assertThat(locks(copy)).describedAs("killed at %s", point).isEmpty();
            requireItsOwn(copy);
            Relay.run("rm", "-rf", copy.toString());
        }
        reporter.publishEntry(verb, points.size() + " kills, the next save refused after 0");
    }

    private static List<KillPoint> some(List<KillPoint> points) {
        List<KillPoint> aboutLocks =
                points.stream().filter(point -> point.seen().contains("lock")).toList();
        assertThat(aboutLocks).hasSizeGreaterThan(3);
        if (points.size() <= MOST) {
            return points;
        }
        List<KillPoint> some = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            some.add(
                    i % 2 == 0 && MOST < points.size() / 2
                            ? points.get(i * points.size() / MOST)
                            : aboutLocks.get(i * aboutLocks.size() / MOST));
        }
        return some;
    }

    private static List<String> command(Path machine, String verb) {
        return List.of(
                        verb,
                        "--key=pr-12",
                        "--store=git:" + repository(machine),
                        "--claude-home=" + machine.resolve("home"),
                        "--working-directory=" + Recording.FOLDER)
                .stream()
                .filter(argument -> verb.equals("save")
                        || !(argument.startsWith("--claude-home") || argument.startsWith("--working")))
                .toList();
    }

    private static Path repository(Path machine) {
        return machine.resolve("sessions.git");
    }

    private Path machine() throws IOException {
        Path machine = Files.createDirectories(folder.resolve("before"));
        GitCommand.bare(repository(machine));
        return machine;
    }

    private Path copy(Path machine, String name) throws IOException {
        Path copy = folder.resolve(name);
        Relay.run("cp", "-a", machine.toString(), copy.toString());
        return copy;
    }

    private static List<Path> locks(Path machine) throws IOException {
        try (Stream<Path> files = Files.walk(repository(machine))) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList();
        }
    }

    /** Files of root's can be removed from folders that are not; in folders of root's nothing can. */
    private static void requireItsOwn(Path machine) throws IOException {
        try (Stream<Path> files = Files.walk(repository(machine))) {
            assertThat(files.filter(file -> !isOfItsOwner(file)).toList()).isEmpty();
        }
    }

    private static boolean isOfItsOwner(Path file) {
        try {
            boolean isAbandoned = file.getFileName().toString().startsWith("tmp_obj_")
                    || file.getParent().endsWith("session-relay-locks");
            return isAbandoned || Integer.valueOf(USER).equals(Files.getAttribute(file, "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers what went wrong. */
    private static String runHere(List<String> command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        World world = new World(Map.of(), Path.of("/"), out, out, Clock.systemUTC());
        int exit = CommandLineFace.run(world, command.toArray(String[]::new));
        return exit == 0 ? "" : said.toString(StandardCharsets.UTF_8);
    }
}
