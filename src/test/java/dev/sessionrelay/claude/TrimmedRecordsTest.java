package dev.sessionrelay.claude;

import static dev.sessionrelay.testing.BytesPayload.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.testing.Conversation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrimmedRecordsTest {
    private static final String A = "{\"type\":\"user\",\"uuid\":\"a\"}";
    private static final String B = "{\"type\":\"assistant\",\"uuid\":\"b\"}";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                A + "\n" + B + "\n",
                A + "\r\n" + B + "\r\n",
                "\uFEFF" + A + "\n",
                "junk\n" + A + "\n\n" + B + "\n",
                "{\"type\":\"of-the-future\",\"version\":\"99\"}\n" + A + "\n" + A + "\n",
                "{\n  \"type\": \"user\",\n  \"list\": [\n    1\n  ]\n}\n" + B + "\n",
                "{ \"uuid\" : \"a\" , \"type\" : \"user\" }\n",
            })
    void keepsEveryByteOfWhatIsNoneOfItsBusiness(String text) throws IOException {
        assertThat(trimmed(text)).isEqualTo(text);
        assertThat(of(text).leftOut()).isEqualTo(Prepared.NOTHING);
    }

    @Test
    void keepsBytesThatAreNoUtf8() throws IOException {
        byte[] bytes = (A + "\n{\"type\":\"user\",\"message\":\"\u00ff\u00fe\u0080\"}\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(temp.resolve("session.jsonl"), bytes);

        assertThat(read(TrimmedRecords.of(file))).isEqualTo(bytes);
    }

    @Test
    void leavesOutTheLogOfRequestsAndTheWorktree() throws IOException {
        String shape = "{\"type\":\"api-request-shape\",\"shapeHash\":\"x\",\"shape\":{\"type\":\"user\"}}\n";
        String blob = "{\"hash\":\"x\",\"message\":{\"type\":\"user\"},\"type\":\"api-request-blob\"}\n";
        String request = "{\"type\":\"api-request\"}\n";
        String worktree = "{\"type\":\"worktree-state\",\"path\":\"/elsewhere\"}\n";
        TrimmedRecords records = of(shape + A + "\n" + blob + request + worktree + B + "\n" + request);

        assertThat(text(read(records))).isEqualTo(A + "\n" + B + "\n");
        assertThat(records.leftOut())
                .isEqualTo(new Prepared(
                        Map.of(
                                "api-request-shape",
                                1L,
                                "api-request-blob",
                                1L,
                                "api-request",
                                2L,
                                "worktree-state",
                                1L),
                        shape.length() + blob.length() + 2L * request.length() + worktree.length()));
    }

    @Test
    void keepsRecordsThatOnlySpeakOfRequests() throws IOException {
        String text = """
                {"type":"user","message":{"type":"api-request","content":"{\\"type\\":\\"api-request\\"}"}}
                {"type":"my-api-request"}
                {"kind":"api-request"}
                """;

        assertThat(trimmed(text)).isEqualTo(text);
    }

    @Test
    void leavesOutATornLineAndCountsIt() throws IOException {
        TrimmedRecords records = of(A + "\n{\"type\":\"user\",\"mess\n" + B + "\n{\"half");

        assertThat(text(read(records))).isEqualTo(A + "\n" + B + "\n");
        assertThat(records.leftOut()).isEqualTo(new Prepared(Map.of("torn-line", 2L), 27));
    }

    @Test
    void leavesOutNulsAtTheEnd() throws IOException {
        assertThat(trimmed(A + "\n" + B + "\n\0\0\0\0")).isEqualTo(A + "\n" + B + "\n");
    }

    @Test
    void endsTheLastLine() throws IOException {
        assertThat(trimmed(A + "\n" + B)).isEqualTo(A + "\n" + B + "\n");
    }

    @Test
    void partsGluedRecords() throws IOException {
        assertThat(trimmed(A + B + "\n" + A + B)).isEqualTo((A + "\n" + B + "\n").repeat(2));
        assertThat(trimmed(A + "{\"type\":\"api-request\"}\n" + B + "\n")).isEqualTo(A + "\n" + B + "\n");
        assertThat(trimmed("{\"type\":\"api-request\"}" + A + "\n")).isEqualTo(A + "\n");
    }

    @Test
    void readsItsFactsOnTheWay() throws IOException {
        Conversation conversation =
                Conversation.of(Conversation.id(1)).turn("one").turn("two");

        assertThat(of(conversation.text() + "{\"type\":\"user\",\"timestamp\":\"2030-01-01T00:00:00Z")
                        .facts())
                .isEqualTo(of(conversation.text()).facts());
        assertThat(of(conversation.text()).facts().turns()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void opensAnywhere(long seed) throws IOException {
        RandomGenerator random = random(seed);
        TrimmedRecords records = of(RandomLines.damaged(random));
        byte[] all = read(records);

        assertThat(records.size()).as("seed %d", seed).isEqualTo(all.length);
        for (int tries = 0; tries < 40; tries++) {
            int from = random.nextInt(all.length + 1);
            assertThat(read(records, from))
                    .as("seed %d from %d", seed, from)
                    .isEqualTo(Arrays.copyOfRange(all, from, all.length));
        }
    }

    /** The promise that appending rests on, for every place where a reader or a crash may cut what is being written. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void onlyGrowsWhenTheFileGrows(long seed) throws IOException {
        RandomGenerator random = random(seed);
        byte[] whole = RandomLines.written(random).getBytes(StandardCharsets.UTF_8);
        byte[] end = trimmed(whole);

        for (int cut : cuts(whole, 0, random)) {
            assertThat(startsWith(end, trimmed(Arrays.copyOf(whole, cut))))
                    .as("seed %d cut at %d", seed, cut)
                    .isTrue();
        }
    }

    /** Claude Code 2.1.329 ends a line that was cut before it goes on; older ones write right behind it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void onlyGrowsWhenClaudeCodeGoesOnBehindACutLine(long seed) throws IOException {
        RandomGenerator random = random(seed);
        byte[] whole = RandomLines.written(random).getBytes(StandardCharsets.UTF_8);
        String more = RandomLines.written(random);

        for (int cut : cuts(whole, 0, random)) {
            byte[] before = Arrays.copyOf(whole, cut);
            byte[] trimmed = trimmed(before);
            for (String heal : new String[] {"\n", "", "\0\0\n"}) {
                byte[] after = trimmed(join(before, (heal + more).getBytes(StandardCharsets.UTF_8)));
                assertThat(startsWith(after, trimmed))
                        .as("seed %d cut at %d healed by %d bytes", seed, cut, heal.length())
                        .isTrue();
                if (heal.equals("\n") && before.length > 0 && before[before.length - 1] != '\n') {
                    assertThat(text(after))
                            .isEqualTo(text(trimmed) + text(trimmed(more.getBytes(StandardCharsets.UTF_8))));
                }
            }
        }
    }

    /** The same below damage that is there already: whole lines of any kind are added. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void onlyGrowsBehindDamageOfEveryKind(long seed) throws IOException {
        RandomGenerator random = random(seed);
        byte[] damaged = RandomLines.damaged(random).getBytes(StandardCharsets.UTF_8);
        byte[] grown = join(damaged, RandomLines.written(random).getBytes(StandardCharsets.UTF_8));
        byte[] end = trimmed(grown);

        for (int cut : cuts(grown, damaged.length, random)) {
            assertThat(startsWith(end, trimmed(Arrays.copyOf(grown, cut))))
                    .as("seed %d cut at %d", seed, cut)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameWhenTrimmedAgain(long seed) throws IOException {
        byte[] once = trimmed(RandomLines.damaged(random(seed)).getBytes(StandardCharsets.UTF_8));

        assertThat(text(trimmed(once))).as("seed %d", seed).isEqualTo(text(once));
    }

    @Test
    void keepsLinesLargerThanAnyBuffer() throws IOException {
        String large = "{\"type\":\"user\",\"message\":\"" + "x".repeat(3 << 20) + "\"}";

        assertThat(trimmed(
                        A + "\n" + large + "\n{\"type\":\"api-request\",\"x\":\"" + "y".repeat(1 << 20) + "\"}\n" + B))
                .isEqualTo(A + "\n" + large + "\n" + B + "\n");
    }

    /** Random places, and all those around the ends of lines. */
    private static int[] cuts(byte[] whole, int from, RandomGenerator random) {
        IntStream ends = IntStream.range(from, whole.length)
                .filter(i -> whole[i] == '\n')
                .flatMap(i -> IntStream.rangeClosed(i - 2, i + 2));
        IntStream others = random.ints(30, from, whole.length + 1);
        return IntStream.concat(ends, others)
                .filter(cut -> cut >= from && cut <= whole.length)
                .distinct()
                .toArray();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private TrimmedRecords of(String text) throws IOException {
        return TrimmedRecords.of(Files.writeString(temp.resolve("session.jsonl"), text));
    }

    private String trimmed(String text) throws IOException {
        return text(read(of(text)));
    }

    private byte[] trimmed(byte[] bytes) throws IOException {
        return read(TrimmedRecords.of(Files.write(temp.resolve("session.jsonl"), bytes)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static boolean startsWith(byte[] whole, byte[] beginning) {
        int mismatch = Arrays.mismatch(beginning, whole);
        return mismatch < 0 || mismatch == beginning.length;
    }
}
