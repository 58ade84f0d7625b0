package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.cli.Cli;
import dev.sessionrelay.cli.CliContext;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL before the changes that a save, and a delete, make to a repository in a folder: no lock of theirs keeps the
 * next one out, git finds nothing wrong, and nothing in it belongs to another than its owner. All of the changes with
 * {@code -Drelay.kills=all}; else some, half of them about locks.
 */
@Needs({Tool.ROOT, Tool.GIT})
class KilledGitIT {
    private static final String MOST = System.getProperty("relay.kills", "6");
    private static final int USER = 1001;

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Relay relay = Relay.built();

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
        relay.with("-XX:AOTCacheOutput=" + folder.resolve("start.aot")).run(command(copy(before, "trained"), verb));
        Relay quick = relay.with("-XX:AOTCache=" + folder.resolve("start.aot"));
        Path followed = copy(before, "followed");
        Traced whole = Traced.whole(quick, command(followed, verb), followed);
        assertThat(whole.exit()).as(whole.said()).isZero();
        requireItsOwn(followed);
        List<KillPoint> points = some(KillPoint.all(whole, followed));
        int kills = 0;
        for (KillPoint point : points) {
            Path copy = copy(before, "copy");
            Traced killed = Traced.killedBefore(point.number(), quick, command(copy, verb), copy);
            String which = "seed " + seed + ", killed before "
                    + killed.calls().getLast().kind(copy);
            kills += killed.endedBefore(point.number()) ? 0 : 1;
            assertThat(killed.endedBefore(point.number()) || killed.exit() == Traced.KILLED)
                    .as(which + killed.said())
                    .isTrue();
            GitCommand.in(repository(copy)).run("-c", "safe.directory=*", "fsck", "--strict", "--no-dangling");

            assertThat(runHere(command(copy, "save"))).as(which).isEmpty();
            GitCommand.in(repository(copy)).run("-c", "safe.directory=*", "fsck", "--strict", "--no-dangling");
            assertThat(locks(copy)).as(which).isEmpty();
            requireItsOwn(copy);
            Relay.run("rm", "-rf", copy.toString());
        }
        assertThat(kills).isGreaterThan(points.size() / 2);
        reporter.publishEntry(verb, kills + " kills, the next save refused after 0");
    }

    private List<KillPoint> some(List<KillPoint> all) {
        List<KillPoint> aboutLocks =
                all.stream().filter(point -> point.kind().contains("lock")).toList();
        assertThat(aboutLocks).hasSizeGreaterThan(3);
        if (MOST.equals("all")) {
            return all;
        }
        int half = Integer.parseInt(MOST) / 2;
        return Stream.concat(
                        KillPoint.some(aboutLocks, half, random).stream(), KillPoint.some(all, half, random).stream())
                .toList();
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
        CliContext world = new CliContext(Map.of(), Path.of("/"), out, out, Clock.systemUTC());
        int exit = Cli.run(world, command.toArray(String[]::new));
        return exit == 0 ? "" : said.toString(StandardCharsets.UTF_8);
    }
}
