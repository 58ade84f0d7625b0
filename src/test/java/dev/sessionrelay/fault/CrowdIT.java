package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.folder.FolderStore;
import dev.sessionrelay.transcript.SessionId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes at one store, and a session that Claude Code goes on writing while it is saved. */
class CrowdIT {
    private static final Key KEY = new Key("pr-12");

    @TempDir
    private static Path program;

    private static Relay relay;

    @TempDir
    private Path folder;

    /** With a cache that lets fifty processes start on two cores in the time of ten. */
    @BeforeAll
    static void makeStartingQuick() throws IOException {
        String cache = program.resolve("start.aot").toString();
        Relay.built().with("-XX:AOTCacheOutput=" + cache).run(List.of("--version"));
        relay = Relay.built().with("-XX:AOTCache=" + cache);
    }

    @Test
    void fiftyProcessesSaveFiftySessionsUnderOneKey() throws Exception {
        List<Recording> recordings = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            SessionId id = new SessionId("00000000-0000-4000-8000-%012d".formatted(number));
            recordings.add(new Recording(folder.resolve("claude-" + number), id).grow(0, 20 + number));
        }

        List<Relay.Ran> runs = atOnce(
                25, recordings.stream().map(recording -> saving(recording)).toList());

        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(run.exit()).describedAs(run.toString()).isZero());
        SessionStore store = new FolderStore(folder.resolve("store"));
        assertThat(store.list().sessions()).hasSize(50);
        assertThat(store.list().problems()).isEmpty();
        for (Recording recording : recordings) {
            assertThat(stored(store, recording))
                    .contains(Files.readString(recording.transcript(), StandardCharsets.UTF_8));
        }
        assertThat(store.find(new Query.ByKey(KEY))).isPresent();
    }

    @Test
    void processesThatSaveOneGrowingSessionLoseNothing() throws Exception {
        Recording recording = Recording.in(folder.resolve("claude")).grow(0, 20);
        List<Callable<Relay.Ran>> savers = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            int from = 20 + 100 * round;
            savers.add(() -> {
                synchronized (recording) {
                    recording.grow(from, from + 100);
                }
                return saving(recording).call();
            });
        }

        List<Relay.Ran> runs = atOnce(4, savers);

        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(run.exit()).describedAs(run.toString()).isZero());
        assertThat(stored(new FolderStore(folder.resolve("store")), recording))
                .contains(Files.readString(recording.transcript(), StandardCharsets.UTF_8));
    }

    @Test
    void aSessionThatIsBeingWrittenIsSavedUpToAWholeLine() throws Exception {
        Recording recording = Recording.in(folder.resolve("claude")).grow(0, 20);
        SessionStore store = new FolderStore(folder.resolve("store"));
        AtomicBoolean done = new AtomicBoolean();
        Thread claude = Thread.ofPlatform().start(() -> writeInPieces(recording, done));
        try {
            int size = 0;
            for (int save = 0; save < 12; save++) {
                Relay.Ran ran = saving(recording).call();
                assertThat(ran.exit()).describedAs(ran.toString()).isZero();
                String stored = stored(store, recording).orElseThrow();
                assertThat(stored).endsWith("\n").hasSizeGreaterThan(size);
                assertThat(recording.lines(0, (int) stored.lines().count())).isEqualTo(stored);
                size = stored.length();
            }
        } finally {
            done.set(true);
            claude.join();
        }
    }

    /** Line after line, each in pieces that reach the file one by one. */
    private static void writeInPieces(Recording recording, AtomicBoolean done) {
        try (BufferedWriter out =
                Files.newBufferedWriter(recording.transcript(), StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
            for (int number = 20; !done.get(); number++) {
                String line = recording.line(number) + "\n";
                for (int at = 0; at < line.length(); at += 100) {
                    out.write(line, at, Math.min(100, line.length() - at));
                    out.flush();
                }
                Thread.sleep(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Callable<Relay.Ran> saving(Recording recording) {
        return () -> relay.run(List.of(
                "save",
                "--key=" + KEY,
                "--store=folder:" + folder.resolve("store"),
                "--claude-home=" + recording.home(),
                "--working-directory=" + Recording.FOLDER));
    }

    private static List<Relay.Ran> atOnce(int many, List<Callable<Relay.Ran>> savers) throws Exception {
        List<Relay.Ran> runs = new ArrayList<>();
        try (ExecutorService processes = Executors.newFixedThreadPool(many)) {
            for (Future<Relay.Ran> run : processes.invokeAll(savers)) {
                runs.add(run.get());
            }
        }
        return runs;
    }

    private static Optional<String> stored(SessionStore store, Recording recording) throws IOException {
        Optional<StoredSession> found = store.find(new Query.BySession(recording.id(), Optional.of(KEY)));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Verification.verify(store.load(found.get()), "the store");
        try (InputStream in = store.load(found.get()).transcript().open()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
