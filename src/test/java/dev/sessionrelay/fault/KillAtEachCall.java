package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Verification;
import dev.sessionrelay.cli.CommandLineFace;
import dev.sessionrelay.cli.World;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.folder.FolderStore;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at every step: before each system call by which a save or a restore changes a file. What was there is there
 * still, or what is new is, whole; and the same command again brings it to its end.
 *
 * <p>Run as root for another user, so that giving files away is among the steps.
 *
 * <p>Not part of the suite until it is written anew ({@code -Dit.test=KillAtEachCall} runs it, and fails): it counts the
 * calls of one thread, and a restore has several by now; and it wants no folder of root's to stay, which a killed run
 * leaves until root comes again. {@link EndedAtAnyTimeIT} kills at random times in every store.
 */
@Needs({Tool.ROOT, Tool.STRACE})
class KillAtEachCall {
    private static final int USER = 1001;
    private static final Key KEY = new Key("pr-12");
    /** Records enough for a transcript that is written in several pieces. */
    private static final int SOME = 800;

    private static final int MORE = 1_000;

    /** On one core the program does all its work in one thread, in the same order each time. */
    private final Relay relay = Relay.built()
            .with("-XX:ActiveProcessorCount=1", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0");

    @TempDir
    private Path folder;

    /** A machine with a store, as it is before the run, and what the run is to be. */
    private record Case(Path before, List<String> verb) {
        Path home(Path copy) {
            return copy.resolve("user/.claude");
        }

        FolderStore store(Path copy) {
            return new FolderStore(copy.resolve("user/store"));
        }

        List<String> command(Path copy) {
            return Stream.concat(
                            verb.stream(),
                            Stream.of(
                                    "--json",
                                    "--key=" + KEY,
                                    "--store=" + store(copy).name(),
                                    "--claude-home=" + home(copy),
                                    "--working-directory=" + Recording.FOLDER))
                    .toList();
        }
    }

    private interface Check {
        void check(Path copy) throws IOException;
    }

    @Test
    void aFirstSaveIsThereWholeOrNotAtAll(TestReporter reporter) throws IOException {
        Case save = new Case(machine(), List.of("save"));
        Recording.in(save.home(save.before())).grow(0, SOME);
        String wanted = Recording.in(folder).lines(0, SOME);
        giveAway(save.before());

        killEverywhere(save, reporter, copy -> assertStored(save.store(copy), Optional.empty(), wanted), copy -> {
            assertThat(stored(save.store(copy))).contains(wanted);
            assertThat(latest(save.store(copy))).contains(wanted);
        });
    }

    @Test
    void aLaterSaveLeavesTheEarlierOrTheNewSession(TestReporter reporter) throws IOException {
        Case save = new Case(machine(), List.of("save"));
        Recording recording = Recording.in(save.home(save.before())).grow(0, SOME);
        String earlier = recording.lines(0, SOME);
        run(save, save.before());
        recording.grow(SOME, MORE);
        String wanted = recording.lines(0, MORE);
        giveAway(save.before());

        killEverywhere(save, reporter, copy -> assertStored(save.store(copy), Optional.of(earlier), wanted), copy -> {
            assertThat(stored(save.store(copy))).contains(wanted);
            assertThat(latest(save.store(copy))).contains(wanted);
        });
    }

    @Test
    void aRestoredTranscriptIsThereWholeOrNotAtAll(TestReporter reporter) throws IOException {
        Case restore = new Case(machine(), List.of("restore"));
        String wanted = storeOneAndForgetIt(restore);
        giveAway(restore.before());

        killEverywhere(restore, reporter, copy -> assertPlaced(restore.home(copy), Optional.empty(), wanted), copy -> {
            assertThat(placed(restore.home(copy))).contains(wanted);
            assertSides(restore.home(copy));
        });
    }

    @Test
    void aContinuedTranscriptIsTheEarlierOrTheNewOne(TestReporter reporter) throws IOException {
        Case restore = new Case(machine(), List.of("restore"));
        String wanted = storeOneAndForgetIt(restore);
        Recording here = Recording.in(restore.home(restore.before())).grow(0, SOME);
        String earlier = here.lines(0, SOME);
        giveAway(restore.before());

        killEverywhere(
                restore, reporter, copy -> assertPlaced(restore.home(copy), Optional.of(earlier), wanted), copy -> {
                    assertThat(placed(restore.home(copy))).contains(wanted);
                    assertSides(restore.home(copy));
                });
    }

    private void killEverywhere(Case run, TestReporter reporter, Check afterTheKill, Check afterTheSecondRun)
            throws IOException {
        Path traced = copy(run.before(), "traced");
        // Each of the many runs below starts in half the time with the cache that this one makes.
        relay.with("-XX:AOTCacheOutput=" + folder.resolve("start.aot")).run(run.command(copy(run.before(), "trained")));
        List<KillPoint> points = KillPoint.of(relay, run.command(traced), traced);
        afterTheSecondRun.check(traced);
        Relay quick = relay.with("-XX:AOTCache=" + folder.resolve("start.aot"));
        assertThat(points).hasSizeGreaterThan(20);
        AtomicInteger number = new AtomicInteger();
        points.parallelStream().forEach(point -> {
            try {
                Path copy = copy(run.before(), "copy-" + number.incrementAndGet());
                assertThat(point.kill(quick, run.command(copy)).exit())
                        .describedAs("killed at %s", point)
                        .isEqualTo(128 + 9);
                checkAt(point, copy, afterTheKill);
                run(run, copy);
                checkAt(point, copy, afterTheSecondRun);
                assertThat(strangersIn(copy, leftovers(copy)))
                        .describedAs("killed at %s", point)
                        .isEmpty();
                assertThat(leftoversAnHourLater(run, copy))
                        .describedAs("killed at %s", point)
                        .isEmpty();
                Relay.run("rm", "-rf", copy.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reporter.publishEntry("kill points", String.valueOf(points.size()));
    }

    private static void checkAt(KillPoint point, Path copy, Check check) throws IOException {
        try {
            check.check(copy);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("killed at " + point, e);
        }
    }

    private static void assertStored(SessionStore store, Optional<String> earlier, String wanted) throws IOException {
        Optional<String> stored = stored(store);
        assertThat(stored.equals(earlier) || stored.equals(Optional.of(wanted))).isTrue();
        assertThat(store.list().problems()).isEmpty();
        Optional<String> latest = latest(store);
        assertThat(latest.equals(earlier) || latest.equals(Optional.of(wanted))).isTrue();
    }

    private static void assertPlaced(Path home, Optional<String> earlier, String wanted) throws IOException {
        Optional<String> placed = placed(home);
        assertThat(placed.equals(earlier) || placed.equals(Optional.of(wanted))).isTrue();
    }

    private static void assertSides(Path home) throws IOException {
        Recording here = Recording.in(home);
        assertThat(here.subagent()).hasContent(here.lines(0, SOME / 8) + here.lines(SOME / 8, MORE / 8));
        assertThat(here.toolResult(0)).exists();
        assertThat(here.toolResult(SOME)).exists();
    }

    private static Optional<String> placed(Path home) throws IOException {
        Path transcript = Recording.in(home).transcript();
        return Files.exists(transcript)
                ? Optional.of(Files.readString(transcript, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The transcript in the store, with every digest of the session checked. */
    private static Optional<String> stored(SessionStore store) throws IOException {
        return read(store, new Query.BySession(Recording.in(Path.of("")).id(), Optional.of(KEY)));
    }

    private static Optional<String> latest(SessionStore store) throws IOException {
        return read(store, new Query.ByKey(KEY));
    }

    private static Optional<String> read(SessionStore store, Query query) throws IOException {
        Optional<StoredSession> found = store.find(query);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Bundle bundle = store.load(found.get());
        Verification.verify(bundle, "the store");
        try (InputStream in = bundle.transcript().open()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Path machine() throws IOException {
        Path machine = folder.resolve("before");
        Files.createDirectories(machine.resolve("user"));
        return machine;
    }

    private String storeOneAndForgetIt(Case restore) throws IOException {
        Recording elsewhere =
                Recording.in(folder.resolve("elsewhere")).grow(0, SOME).grow(SOME, MORE);
        assertThat(relay.run(List.of(
                                "save",
                                "--key=" + KEY,
                                "--store=" + restore.store(restore.before()).name(),
                                "--claude-home=" + elsewhere.home(),
                                "--working-directory=" + Recording.FOLDER))
                        .exit())
                .isZero();
        return elsewhere.lines(0, MORE);
    }

    private static void giveAway(Path machine) throws IOException {
        Relay.run("chown", "-R", USER + ":" + USER, machine.resolve("user").toString());
    }

    private Path copy(Path machine, String name) throws IOException {
        Path copy = folder.resolve(name);
        Relay.run("cp", "-a", machine.toString(), copy.toString());
        return copy;
    }

    /** The same without a process, which takes a tenth of the time. */
    private static void run(Case run, Path copy) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        World world = new World(Map.of(), Path.of("/"), out, out, Clock.systemUTC());
        int exit = CommandLineFace.run(world, run.command(copy).toArray(String[]::new));
        assertThat(exit).describedAs(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** What does not belong to the user, or can be read by others. */
    private static List<String> strangersIn(Path copy, List<Path> leftovers) throws IOException {
        try (Stream<Path> files = Files.walk(copy.resolve("user"))) {
            return files.filter(file -> !file.equals(copy.resolve("user")) && !leftovers.contains(file))
                    .map(KillAtEachCall::ownerAndMode)
                    .filter(shown -> !shown.startsWith(USER + " " + USER + " "))
                    .toList();
        }
    }

    private static String ownerAndMode(Path file) {
        try {
            return Files.getAttribute(file, "unix:uid") + " " + Files.getAttribute(file, "unix:gid") + " "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + " " + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is still there of the killed run when the same is done again much later. */
    private static List<Path> leftoversAnHourLater(Case run, Path copy) throws IOException {
        List<Path> leftovers = leftovers(copy);
        if (leftovers.isEmpty()) {
            return leftovers;
        }
        for (Path leftover : leftovers) {
            Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        if (run.verb().contains("save")) {
            Recording.in(run.home(copy)).grow(MORE, MORE + 10);
        }
        run(run, copy);
        return leftovers(copy);
    }

    private static List<Path> leftovers(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            return files.filter(file -> file.toString().endsWith(".relay-tmp")).toList();
        }
    }
}
