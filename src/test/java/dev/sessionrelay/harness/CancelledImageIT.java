package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The image at the job's end, ended by the engine: it saves all the same, in the time that it is given, and leaves
 * neither its helper nor anything of root's behind.
 */
@Needs({Tool.DOCKER, Tool.BASE_IMAGES, Tool.ROOT, Tool.GIT, Tool.LIGHTTPD})
class CancelledImageIT {
    private static final int TIMES = Integer.getInteger("relay.kills", 1);
    /** What takes no longer by itself is done in the 7 seconds that are left to it. */
    private static final Duration QUICK = Duration.ofSeconds(4);

    private static final String ID = "7c53d351-013c-4308-a705-3cc3387680a2";

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path root;

    @AutoClose
    private GitHost host;

    private Runner runner;
    private Path bare;

    @BeforeEach
    void aRunnerAndAPlaceForSessions() throws IOException {
        host = GitHost.start(Files.createDirectories(root.resolve("host")));
        bare = host.repository("octo/sessions.git");
        runner = Runner.standIn();
    }

    @AfterEach
    void stopRunner() throws IOException {
        runner.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop -t 10", "kill -s INT"})
    void savesAllTheSame(String how, TestReporter reporter) throws IOException {
        Duration usual = save("begin");
        int saved = 0;
        for (int time = 1; time <= TIMES; time++) {
            String turn = "turn " + time;
            try (var job = job(turn)) {
                Step.Running end = job.startLast();
                String container = container(end);
                pause(random.nextInt(1_500));
                List<String> line = new ArrayList<>(List.of(ContainerStep.docker()));
                line.addAll(List.of((how + " " + container).split(" ")));
                Command.start(line, Path.of("/"), Map.of("PATH", Command.path()))
                        .await();
                StepResult ended = end.await();

                String which = "seed " + seed + ", time " + time + ", usually " + usual + ": " + ended.told();
                boolean isSaved = ended.exit() == 0;
                // A machine that is too busy is told so, and nothing is half done.
                assertThat(isSaved
                                || (usual.compareTo(QUICK) > 0 && ended.told().contains("broken off")))
                        .as(which)
                        .isTrue();
                assertThat(ended.output("saved")).as(which).isEqualTo(isSaved ? "true" : "");
                assertThat(stored().contains(turn)).as(which).isEqualTo(isSaved);
                assertThat(listed("volume=" + runner.home())).as(which).isEmpty();
                saved += isSaved ? 1 : 0;
            }
        }
        save("afterwards");
        GitCommand.in(bare).run("fsck", "--strict");
        try (Stream<Path> files = Files.walk(runner.home())) {
            assertThat(files.filter(CancelledImageIT::isRoots)).isEmpty();
        }
        reporter.publishEntry(how, saved + " of " + TIMES + " saved; without it the step takes " + usual);
    }

    private RunnerJob job(String turn) throws IOException {
        String server = "http://127.0.0.1:" + host.port();
        RunnerJob job = runner.job(Event.push("main")).on(server, server + "/api", GitHost.TOKEN);
        StepResult memory = job.step("memory")
                .uses(".")
                .with("store", "git")
                .with("repository", "octo/sessions")
                .run();
        assertThat(memory.exit()).as(memory.told()).isZero();
        ActedClaude.hears(job, ID, turn);
        return job;
    }

    private Duration save(String turn) throws IOException {
        try (var job = job(turn)) {
            long began = System.nanoTime();
            StepResult ended = job.startLast().await();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(ended.output("saved")).as(ended.told()).isEqualTo("true");
            assertThat(stored()).contains(turn);
            return took;
        }
    }

    /** The container, once the program in it has begun to work. */
    private static String container(Step.Running end) {
        while (end.isAlive() && end.saidSoFar().isEmpty()) {
            pause(5);
        }
        List<String> running = listed("label=relay-harness");
        return running.isEmpty() ? "ended-already" : running.getFirst();
    }

    private static List<String> listed(String filter) {
        return Command.run(ContainerStep.docker(), "ps", "-aq", "--filter", filter)
                .lines()
                .toList();
    }

    private static boolean isRoots(Path file) {
        try {
            return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    .equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String stored() throws IOException {
        GitCommand git = GitCommand.in(bare);
        String ref = git.run("for-each-ref", "--format=%(refname)").strip();
        StringBuilder all = new StringBuilder();
        for (String file : git.run("ls-tree", "-r", "--name-only", ref).lines().toList()) {
            all.append(git.run("cat-file", "blob", ref + ":" + file));
        }
        return all.toString();
    }
}
