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
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A save that is ended at a random moment, in each kind of store: what was there is there still, or what is new is,
 * whole; what the program promised by its exit code is there; and the next save works. {@code -Drelay.kills=200} ends
 * that many.
 */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class EndedAtAnyTimeIT {
    private static final int TIMES = Integer.getInteger("relay.kills", 2);
    private static final int KILLED = 128 + 9;
    private static final int INTERRUPTED = 128 + 2;
    private static final int GROWTH = 40;
    private static final Key KEY = new Key("pr-12");

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void afterAKillTheNextSaveWorks(Backend.Kind kind, TestReporter reporter) throws IOException {
        endOften(kind, "KILL", KILLED, reporter);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedSaveEndsAsItsExitCodeSays(Backend.Kind kind, TestReporter reporter) throws IOException {
        endOften(kind, "INT", INTERRUPTED, reporter);
    }

    private void endOften(Backend.Kind kind, String signal, int ended, TestReporter reporter) throws IOException {
        try (Backend backend = Backend.of(kind, folder)) {
            Recording recording = Recording.in(folder.resolve("home/.claude")).grow(0, GROWTH);
            List<String> save = command(backend, recording);
            assertThat(Victim.start(folder, backend.environment(), save).await())
                    .isZero();
            long began = System.nanoTime();
            assertThat(Victim.start(folder, backend.environment(), save).await())
                    .isZero();
            long usual = (System.nanoTime() - began) / 1_000_000;
            int lines = GROWTH;
            int saved = 0;
            for (int time = 1; time <= TIMES; time++) {
                String earlier = recording.lines(0, lines);
                recording.grow(lines, lines + GROWTH);
                lines += GROWTH;
                String wanted = recording.lines(0, lines);

                Victim victim = Victim.start(folder, backend.environment(), save);
                Victim.sleep(random.nextLong(1 + usual * 5 / 4));
                victim.signal(signal);
                int exit = victim.await();

                String which = "seed " + seed + ", " + signal + " " + time + " of " + TIMES + ": " + victim.said();
                assertThat(exit).as(which).isIn(0, ended);
                assertThat(victim.said()).as(which).doesNotContain("bug", "Exception");
                String stored = stored(backend).orElse("");
                assertThat(stored.equals(wanted) || (exit == ended && stored.equals(earlier)))
                        .as(which)
                        .isTrue();
                if (signal.equals("INT")) {
                    assertThat(victim.left()).as(which).isEmpty();
                }
                saved += stored.equals(wanted) ? 1 : 0;
                assertThat(runHere(backend, save)).as(which).isEmpty();
                assertThat(stored(backend)).as(which).contains(wanted);
                if (time % 20 == 0 || time == TIMES) {
                    backend.requireSound();
                }
            }
            reporter.publishEntry(
                    kind + " " + signal,
                    TIMES + " times, of which " + saved + " had saved; the next save failed 0 times");
        }
    }

    private static List<String> command(Backend backend, Recording recording) {
        return new ArrayList<>(List.of(
                "save",
                "--key=" + KEY,
                "--store=" + backend.store(),
                "--claude-home=" + recording.home(),
                "--working-directory=" + Recording.FOLDER));
    }

    /** The same without a process. Answers what went wrong. */
    private String runHere(Backend backend, List<String> save) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        CliContext world = new CliContext(new TreeMap<>(backend.environment()), folder, out, out, Clock.systemUTC());
        return Cli.run(world, save.toArray(String[]::new)) == 0 ? "" : said.toString(StandardCharsets.UTF_8);
    }

    private Optional<String> stored(Backend backend) throws IOException {
        SessionStore store = backend.open(folder);
        Optional<StoredSession> found = store.find(new Query.ByKey(KEY));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Bundle bundle = store.load(found.get());
        Verification.verify(bundle, "the store");
        try (InputStream in = bundle.transcript().open()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
