package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.cli.Cli;
import dev.sessionrelay.cli.CliContext;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL before a change of each kind that a save or a restore makes on the disk, in whatever thread. What was there
 * is there still, or what is new is, whole; the same command again brings it to its end, and nothing of root's stays
 * in the user's home then.
 *
 * <p>Run as root for another user, so that giving files away is among the steps. {@code -Drelay.kills=all} kills before
 * every change, else before some.
 */
@Needs(Tool.ROOT)
class KillIT {
    private static final String MOST = System.getProperty("relay.kills", "3");
    private static final int USER = 1001;
    private static final Key KEY = new Key("pr-12");
    /** Records enough for a transcript that is written in several pieces. */
    private static final int SOME = 800;

    private static final int MORE = 1_000;

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final Relay relay = Relay.built();

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

        Map<String, String> environment(Path copy) {
            return Map.of("HOME", copy.resolve("user").toString());
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
        // Each of the many runs below starts in half the time with the cache that this one makes.
        Path trained = copy(run.before(), "trained");
        relay.in(run.environment(trained))
                .with("-XX:AOTCacheOutput=" + folder.resolve("start.aot"))
                .run(run.command(trained));
        Relay quick = relay.with("-XX:AOTCache=" + folder.resolve("start.aot"));
        Path followed = copy(run.before(), "followed");
        Traced whole = Traced.whole(quick.in(run.environment(followed)), run.command(followed), followed);
        assertThat(whole.exit()).as(whole.said()).isZero();
        afterTheSecondRun.check(followed);
        List<KillPoint> all = KillPoint.all(whole, followed);
        assertThat(all).hasSizeGreaterThan(20);
        boolean isForAll = MOST.equals("all");
        Set<String> missing = all.stream().map(KillPoint::kind).collect(Collectors.toCollection(TreeSet::new));
        int kinds = missing.size();
        int kills = 0;
        for (KillPoint point : isForAll ? all : KillPoint.some(all, Integer.parseInt(MOST), new Random(seed))) {
            Path copy = copy(run.before(), "copy-" + ++kills);
            Traced killed =
                    Traced.killedBefore(point.number(), quick.in(run.environment(copy)), run.command(copy), copy);
            String which = "seed " + seed + ", killed at " + killed.calls().size() + " of " + all.size() + ": "
                    + killed.calls().getLast();
            if (killed.exit() == Traced.KILLED) {
                missing.remove(killed.calls().getLast().kind(copy));
            } else {
                assertThat(killed.endedBefore(point.number()))
                        .as(which + killed.said())
                        .isTrue();
            }
            checkAt(which, copy, afterTheKill);
            run(run, copy);
            checkAt(which, copy, afterTheSecondRun);
            assertThat(strangersIn(copy)).as(which).isEmpty();
            assertThat(leftoversAnHourLater(run, copy)).as(which).isEmpty();
            Relay.run("rm", "-rf", copy.toString());
        }
        reporter.publishEntry(
                "killed", kills + " times, before " + (kinds - missing.size()) + " of " + kinds + " kinds of changes");
        if (isForAll) {
            assertThat(missing).isEmpty();
        }
    }

    private static void checkAt(String which, Path copy, Check check) throws IOException {
        try {
            check.check(copy);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(which, e);
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
        CliContext world = new CliContext(run.environment(copy), Path.of("/"), out, out, Clock.systemUTC());
        int exit = Cli.run(world, run.command(copy).toArray(String[]::new));
        assertThat(exit).describedAs(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** What does not belong to the user. */
    private static List<String> strangersIn(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(copy.resolve("user"))) {
            return files.filter(file -> !file.equals(copy.resolve("user")))
                    .map(KillIT::ownerAndMode)
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
