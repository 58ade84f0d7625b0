package dev.sessionrelay.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.agent.claude.SessionInstaller.Installation;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.ChainedStream;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionInstallerTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String SUBAGENT = "subagents/agent-1.jsonl";
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private ClaudeHome home;
    private SessionFiles.Places places;

    @BeforeEach
    void layOut(@TempDir Path temp) {
        home = ClaudeHome.at(temp.resolve("claude"));
        places = new SessionFiles.Places(home, home.projects().resolve("-home-dev-project"), ID);
    }

    @Test
    void placesEverythingWhereClaudeCodeLooksForIt() throws IOException {
        SessionInstaller.Placed placed = place(withSides(2));

        assertThat(placed.outcome()).isEqualTo(Installation.PLACED);
        assertThat(placed.notes()).isEmpty();
        assertThat(placed.bytesWritten()).isEqualTo(withSides(2).manifest().size());
        assertThat(Tree.files(home.root()))
                .isEqualTo(Map.of(
                        "projects/-home-dev-project/" + ID + ".jsonl",
                        turns(2),
                        "projects/-home-dev-project/" + ID + "/" + SUBAGENT,
                        turns(2),
                        "projects/-home-dev-project/" + ID + "/tool-results/b1.txt",
                        "raw \0 output, no newline",
                        "projects/-home-dev-project/agent-1234567.jsonl",
                        turns(2),
                        "tasks/" + ID + "/1.json",
                        "{\"state\":2}"));
    }

    @Test
    void letsOnlyTheOwnerIn() throws IOException {
        place(withSides(1));

        try (Stream<Path> paths = Files.walk(home.root())) {
            assertThat(paths.map(SessionInstallerTest::mode).distinct())
                    .containsExactlyInAnyOrder("rwx------", "rw-------");
        }
    }

    @Test
    void leavesTheModeOfFoldersThatWereThere() throws IOException {
        Files.createDirectories(places.project());
        Files.setPosixFilePermissions(places.project(), PosixFilePermissions.fromString("rwxr-xr-x"));
        place(withSides(1));

        assertThat(mode(places.project())).isEqualTo("rwxr-xr-x");
    }

    @Test
    @Needs(Tool.ROOT)
    void givesEverythingToTheOwnerOfTheHome() throws IOException {
        Files.createDirectories(home.root());
        Files.setAttribute(home.root(), "unix:uid", 1234);
        Files.setAttribute(home.root(), "unix:gid", 2345);
        place(withSides(1));
        place(withSides(2));

        try (Stream<Path> paths = Files.walk(home.root())) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                assertThat(Files.getAttribute(path, "unix:uid"))
                        .as(path.toString())
                        .isEqualTo(1234);
                assertThat(Files.getAttribute(path, "unix:gid"))
                        .as(path.toString())
                        .isEqualTo(2345);
            }
        }
    }

    @Test
    void givesEveryFileTheTimeOfNow() throws IOException {
        for (Installation outcome :
                List.of(Installation.PLACED, Installation.UNCHANGED, Installation.APPENDED, Installation.AHEAD)) {
            age();
            int stored = outcome == Installation.APPENDED ? 3 : outcome == Installation.AHEAD ? 1 : 2;
            assertThat(place(withSides(stored)).outcome()).isEqualTo(outcome);

            try (Stream<Path> paths = Files.walk(home.root())) {
                for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    assertThat(Files.getLastModifiedTime(path).toInstant())
                            .as("%s after %s", path, outcome)
                            .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(1)));
                }
            }
        }
    }

    @Test
    void appendsWhatIsMissing() throws IOException {
        place(withSides(1));
        SessionInstaller.Placed placed = place(withSides(3));

        assertThat(placed.outcome()).isEqualTo(Installation.APPENDED);
        assertThat(Files.readString(places.transcript())).isEqualTo(turns(3));
        assertThat(Files.readString(places.folder().resolve(SUBAGENT))).isEqualTo(turns(3));
        assertThat(Files.readString(places.project().resolve("agent-1234567.jsonl")))
                .isEqualTo(turns(3));
        assertThat(Files.readString(home.tasksOf(ID).resolve("1.json"))).isEqualTo("{\"state\":3}");
        assertThat(placed.bytesWritten()).isEqualTo(3L * (turns(3).length() - turns(1).length()) + 11);
    }

    @Test
    void changesNothingWhenAllIsHere() throws IOException {
        place(withSides(2));
        Map<String, String> before = Tree.of(home.root());
        SessionInstaller.Placed placed = place(withSides(2));

        assertThat(placed.outcome()).isEqualTo(Installation.UNCHANGED);
        assertThat(placed.bytesWritten()).isZero();
        assertThat(Tree.of(home.root())).isEqualTo(before);
    }

    @Test
    void leavesASessionThatHasGoneFurther() throws IOException {
        place(withSides(3));
        Map<String, String> before = Tree.of(home.root());
        SessionInstaller.Placed placed = place(withSides(1));

        assertThat(placed.outcome()).isEqualTo(Installation.AHEAD);
        assertThat(placed.bytesWritten()).isZero();
        assertThat(Tree.of(home.root())).isEqualTo(before);
    }

    @Test
    void bringsBackWhatWasCleanedUpBesideASessionThatHasGoneFurther() throws IOException {
        place(withSides(3));
        Files.delete(places.folder().resolve("tool-results/b1.txt"));

        assertThat(place(withSides(1)).outcome()).isEqualTo(Installation.AHEAD);
        assertThat(places.folder().resolve("tool-results/b1.txt")).exists();
    }

    @Test
    void changesNothingWhenItWentOnInAnotherWay() throws IOException {
        Conversation.of(ID).turn("turn 0").turn("something else").writeTo(places.transcript());
        Map<String, String> before = Tree.of(home.root());
        SessionInstaller.Placed placed = place(withSides(3));

        assertThat(placed.outcome()).isEqualTo(Installation.DIVERGED);
        assertThat(placed.comparison().orElseThrow().commonInFirst()).isEqualTo(turns(1).length());
        assertThat(Tree.of(home.root())).isEqualTo(before);
    }

    @Test
    void leavesASubagentThatWentOnInAnotherWayAndSaysSo() throws IOException {
        Path subagent = places.folder().resolve(SUBAGENT);
        Conversation own =
                Conversation.of(ID).turn("turn 0").turn("its own way").writeTo(subagent);
        SessionInstaller.Placed placed = place(withSides(3));

        assertThat(placed.outcome()).isEqualTo(Installation.PLACED);
        assertThat(placed.notes()).singleElement().asString().contains(SUBAGENT);
        assertThat(Files.readString(subagent)).isEqualTo(own.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\":\"user\",\"message\":{\"content\":\"half a", "{\"type\":\"user\",", "{", "\0\0\0"})
    void appendsBehindATornLineWithoutGluing(String torn) throws IOException {
        Conversation.of(ID).turn("turn 0").raw(torn).writeTo(places.transcript());

        assertThat(place(withSides(2)).outcome()).isEqualTo(Installation.APPENDED);
        assertThat(Files.readString(places.transcript()))
                .isEqualTo(turns(1) + torn + "\n" + turns(2).substring(turns(1).length()));
        assertThat(place(withSides(2)).outcome()).isEqualTo(Installation.UNCHANGED);
        assertThat(BytesPayload.read(Travelling.leaving(places.transcript()).records()))
                .asString()
                .isEqualTo(turns(2));
    }

    @Test
    void appendsBehindALastLineWithoutNewlineWithoutGluing() throws IOException {
        Files.createDirectories(places.project());
        Files.writeString(places.transcript(), turns(1).stripTrailing());

        assertThat(place(withSides(2)).outcome()).isEqualTo(Installation.APPENDED);
        assertThat(Files.readString(places.transcript())).isEqualTo(turns(2));
    }

    @Test
    void keepsTheRequestLogOfThisMachine() throws IOException {
        String log = "{\"type\":\"api-request\",\"params\":{}}\n";
        Files.createDirectories(places.project());
        Files.writeString(places.transcript(), log + turns(1) + log);

        assertThat(place(withSides(2)).outcome()).isEqualTo(Installation.APPENDED);
        assertThat(Files.readString(places.transcript()))
                .isEqualTo(log + turns(1) + log + turns(2).substring(turns(1).length()));
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path outside = Files.createDirectories(home.root().resolveSibling("outside"));
        Files.createDirectories(places.folder());
        Files.createSymbolicLink(places.folder().resolve("tool-results"), outside);
        Map<String, String> before = Tree.of(home.root());

        assertThatThrownBy(() -> place(withSides(1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("tool-results")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(outside).isEmptyDirectory();
        assertThat(Tree.of(home.root())).isEqualTo(before);
    }

    @Test
    void writesThroughNoLinkedFile() throws IOException {
        Path outside = Files.writeString(home.root().resolveSibling("outside.json"), "mine");
        Files.createDirectories(home.tasksOf(ID));
        Files.createSymbolicLink(home.tasksOf(ID).resolve("1.json"), outside);

        assertThatThrownBy(() -> place(withSides(1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("1.json");
        assertThat(outside).hasContent("mine");
        assertThat(places.transcript()).doesNotExist();
    }

    @Test
    void worksBelowALinkedProjectsFolder() throws IOException {
        Path real = Files.createDirectories(home.root().resolveSibling("real"));
        Files.createDirectories(home.root());
        Files.createSymbolicLink(home.projects(), real);

        assertThat(place(withSides(1)).outcome()).isEqualTo(Installation.PLACED);
        assertThat(real.resolve("-home-dev-project/" + ID + ".jsonl")).hasContent(turns(1));
    }

    /** Who meets a transcript can resume it with all that belongs to it. */
    @Test
    void placesTheTranscriptLast() throws IOException {
        Bundle bundle = withSides(1);
        Map<EntryName, Payload> payloads = new HashMap<>(bundle.payloads());
        payloads.put(new EntryName("tool-results/b1.txt"), new Failing());

        assertThatThrownBy(() -> place(new Bundle(bundle.manifest(), payloads)))
                .hasMessageContaining("the network is gone");
        assertThat(places.transcript()).doesNotExist();
        assertThat(Tree.files(home.root()).keySet()).noneMatch(name -> name.contains("relay-tmp"));
    }

    @Test
    void leavesTheTranscriptAsItIsWhenAppendingBreaksOff() throws IOException {
        place(withSides(1));
        Bundle bundle = withSides(2);
        Map<EntryName, Payload> payloads = new HashMap<>(bundle.payloads());
        payloads.put(EntryName.TRANSCRIPT, new BreakingOff(bundle.transcript(), turns(1).length() + 50L));

        assertThatThrownBy(() -> place(new Bundle(bundle.manifest(), payloads)))
                .hasMessageContaining("the network is gone");
        assertThat(Files.readString(places.transcript())).isEqualTo(turns(1));
        assertThat(Tree.files(home.root()).keySet()).noneMatch(name -> name.contains("relay-tmp"));
    }

    @Test
    void sweepsWhatAKilledRunLeftLongAgo() throws IOException {
        place(withSides(1));
        Path old = Files.writeString(places.project().resolve(".x.jsonl.1.relay-tmp"), "x");
        Path fresh = Files.writeString(places.project().resolve(".y.jsonl.2.relay-tmp"), "y");
        Files.setLastModifiedTime(old, LONG_AGO);
        place(withSides(2));

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    /** Whatever beginning a machine has, restoring more makes it whole, and every further one changes nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void completesEveryBeginning(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path file = places.transcript();
        Files.createDirectories(places.project());
        Files.writeString(file, RandomLines.written(random) + RandomLines.written(random));
        byte[] whole = BytesPayload.read(Travelling.leaving(file).records());
        Bundle bundle = Bundles.of(ID).transcript(whole).build();

        for (int tries = 0; tries < 25; tries++) {
            int cut = random.nextInt(whole.length + 1);
            Files.write(file, java.util.Arrays.copyOf(whole, cut));

            assertThat(place(bundle).outcome())
                    .as("seed %d cut at %d", seed, cut)
                    .isIn(Installation.APPENDED, Installation.UNCHANGED);
            assertThat(BytesPayload.read(Travelling.leaving(file).records()))
                    .as("seed %d cut at %d", seed, cut)
                    .isEqualTo(whole);
            assertThat(place(bundle).outcome()).isEqualTo(Installation.UNCHANGED);
        }
    }

    private SessionInstaller.Placed place(Bundle bundle) throws IOException {
        return SessionInstaller.place(bundle, places, Travelling.Unknown.KEPT);
    }

    private static String turns(int turns) throws IOException {
        return new String(BytesPayload.read(Bundles.of(ID, turns).build().transcript()), StandardCharsets.UTF_8);
    }

    private static Bundle withSides(int turns) throws IOException {
        byte[] records = turns(turns).getBytes(StandardCharsets.UTF_8);
        return Bundles.of(ID, turns)
                .with(SUBAGENT, records)
                .with("@beside/agent-1234567.jsonl", records)
                .with("tool-results/b1.txt", "raw \0 output, no newline".getBytes(StandardCharsets.UTF_8))
                .with("@tasks/1.json", ("{\"state\":" + turns + "}").getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private void age() throws IOException {
        if (!Files.exists(home.root())) {
            return;
        }
        try (Stream<Path> paths = Files.walk(home.root())) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                Files.setLastModifiedTime(path, LONG_AGO);
            }
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Failing() implements Payload {
        @Override
        public long size() {
            return 24;
        }

        @Override
        public InputStream open(long from) throws IOException {
            throw new IOException("the network is gone");
        }
    }

    /**
     * Whoever reads it from its beginning reads all of it; whoever reads on from elsewhere gets no further than
     * this.
     */
    private record BreakingOff(Payload whole, long behind) implements Payload {
        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public InputStream open(long from) throws IOException {
            InputStream in = whole.open(from);
            if (from == 0) {
                return in;
            }
            InputStream some = new ByteArrayInputStream(in.readNBytes((int) (behind - from)));
            return new ChainedStream(List.<ChainedStream.StreamPart>of(() -> some, () -> {
                        throw new IOException("the network is gone");
                    })
                    .iterator());
        }
    }
}
