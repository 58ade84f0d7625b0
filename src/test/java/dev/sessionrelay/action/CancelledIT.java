package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.fault.Victim;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The call at the job's end, to which a cancelled job's runner sends SIGINT at a moment of its choice: the session is
 * saved all the same, when that takes less than the time that the runner gives. {@code -Drelay.kills=200} cancels that
 * many.
 */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class CancelledIT {
    private static final int TIMES = Integer.getInteger("relay.kills", 2);
    private static final int LARGE = Integer.getInteger("relay.cancelled.megabytes", 2);
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final int INTERRUPTED = 128 + 2;
    /** Milliseconds: what takes no longer by itself is done in the 7 seconds that are left to it. */
    private static final long QUICK = 3_000;

    private static final Duration GIVEN = Duration.ofMillis(7_500);

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path root;

    @AutoClose
    private GitHost host;

    private StandInRunner runner;
    private Path bare;

    @BeforeEach
    void aJobWithASession() throws IOException {
        host = GitHost.start(Files.createDirectories(root.resolve("host")));
        bare = host.repository("octo/sessions.git");
        runner = new StandInRunner(root)
                .with("store", "git")
                .with("repository", "octo/sessions")
                .with("token", GitHost.TOKEN);
        runner.environment.putAll(host.environment());
        assertThat(runner.run().exitCode()).isZero();
    }

    private Claude claude() {
        return Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace());
    }

    @Test
    void aCancelledCallAtTheJobsEndStillSaves(TestReporter reporter) throws IOException {
        long usual = timed();
        int saved = 0;
        for (int time = 1; time <= TIMES; time++) {
            saved += cancel(random.nextLong(usual), time, usual > QUICK) ? 1 : 0;
        }
        assertThat(atEnd().await()).isZero();
        assertThat(stored()).contains("turn " + TIMES);
        reporter.publishEntry(
                "cancelled", TIMES + " times, and saved " + saved + "; by itself it takes " + usual + " ms");
    }

    @Test
    void aLargeSessionIsSavedAsWell() throws IOException {
        long usual = timed();
        byte[] padding = new byte[1 << 20];
        for (int megabyte = 0; megabyte < LARGE; megabyte++) {
            for (int i = 0; i < padding.length; i++) {
                padding[i] = (byte) ('a' + random.nextInt(26));
            }
            claude().turn(ID, new String(padding, StandardCharsets.US_ASCII), Instant.now());
        }
        cancel(100, 0, usual > QUICK / 2);
    }

    private long timed() throws IOException {
        claude().turn(ID, "begin", Instant.now());
        assertThat(atEnd().await()).isZero();
        claude().turn(ID, "again", Instant.now());
        Victim timed = atEnd();
        timed.awaitItsFirstWord();
        long began = System.nanoTime();
        assertThat(timed.await()).as(timed.said()).isZero();
        return 1 + (System.nanoTime() - began) / 1_000_000;
    }

    /**
     * Whether it was saved.
     *
     * @param isBusy whether this machine is too busy to save in the time that is given; then it says so
     */
    private boolean cancel(long after, int time, boolean isBusy) throws IOException {
        String prompt = "turn " + time;
        claude().turn(ID, prompt, Instant.now());
        String before = tip();

        Victim end = atEnd();
        end.awaitItsFirstWord();
        Victim.sleep(after);
        long began = System.nanoTime();
        end.signal("INT");
        int exit = end.await();
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        String which = "seed " + seed + ", time " + time + ", after " + after + " ms: " + end.said();
        assertThat(end.said()).as(which).doesNotContain("bug", "Shutdown", "::warning");
        assertThat(end.left()).as(which).isEmpty();
        if (isBusy && exit == INTERRUPTED) {
            assertThat(end.said()).as(which).contains("broken off");
            // The push may have arrived in the last moment.
            assertThat(tip().equals(before)).as(which).isNotEqualTo(stored().contains(prompt));
            return false;
        }
        assertThat(exit).as(which).isZero();
        assertThat(took).as(which).isLessThan(isBusy ? GIVEN.multipliedBy(2) : GIVEN);
        assertThat(tip()).as(which).isNotEqualTo(before);
        assertThat(stored()).as(which).contains(prompt);
        return true;
    }

    private String tip() throws IOException {
        return GitCommand.in(bare).run("for-each-ref", "--format=%(objectname)");
    }

    private String stored() throws IOException {
        String branch =
                GitCommand.in(bare).run("for-each-ref", "--format=%(refname)").strip();
        StringBuilder all = new StringBuilder();
        for (String file : GitCommand.in(bare)
                .run("ls-tree", "-r", "--name-only", branch)
                .lines()
                .toList()) {
            all.append(GitCommand.in(bare).run("cat-file", "blob", branch + ":" + file));
        }
        return all.toString();
    }

    private Victim atEnd() throws IOException {
        Map<String, String> environment = new HashMap<>(runner.environment);
        for (String name : List.of("OUTPUT", "ENV", "STATE", "STEP_SUMMARY")) {
            environment.put(
                    "GITHUB_" + name, Files.createTempFile(root, name, "").toString());
        }
        return Victim.start(root, environment, List.of("action"));
    }
}
