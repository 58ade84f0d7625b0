package dev.sessionrelay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {
    private static final String WHERE = "/store/sessions/x/manifest.json";
    private static final SessionId ID = Conversation.id(1);

    @Test
    void readsWhatItWrote() throws IOException {
        Manifest manifest = Bundles.of(ID, 3)
                .under("feature/\u6f22 \"quoted\"")
                .continuing(Conversation.id(2))
                .with("subagents/agent-1.jsonl", new byte[0])
                .with("tool-results/caf\u00e9.txt", new byte[] {1, 2, 3})
                .build()
                .manifest();

        assertThat(read(write(manifest))).isEqualTo(manifest);
    }

    @Test
    void readsAManifestThatSaysAsLittleAsPossible() {
        Entry empty = new Entry(EntryName.TRANSCRIPT, 0, Digest.of(new byte[0]), List.of());
        Manifest manifest = new Manifest(
                ID,
                Optional.empty(),
                Optional.empty(),
                TranscriptFacts.UNKNOWN,
                new Origin(Instant.EPOCH, "local", "0.1.0", Map.of()),
                Changes.NOTHING,
                List.of(empty));

        assertThat(read(write(manifest))).isEqualTo(manifest);
    }

    @Test
    void writesTheSameBytesForTheSameManifest() throws IOException {
        Manifest manifest = Bundles.of(ID).build().manifest();

        assertThat(ManifestJson.write(read(write(manifest)))).isEqualTo(ManifestJson.write(manifest));
        assertThat(write(manifest)).endsWith("}\n");
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() throws IOException {
        Manifest manifest = Bundles.of(ID).build().manifest();

        assertThat(read(write(manifest).replace("\"format\" : 1,", "\"format\" : 1, \"future\": {\"x\": [1]},")))
                .isEqualTo(manifest);
    }

    static Stream<Arguments> hostile() throws IOException {
        String good = write(Bundles.of(ID)
                .with("tool-results/b.txt", new byte[] {1, 2, 3})
                .build()
                .manifest());
        String entries = good.substring(good.indexOf("\"entries\""));
        String entry = entries.substring(entries.indexOf('['), entries.lastIndexOf(']') + 1);
        String hash = "\"" + "a".repeat(64) + "\"";
        String huge = "{\"path\":\"transcript.jsonl\",\"size\":%s,\"sha256\":" + hash + ",\"segments\":[%s]}";
        String segment = "{\"size\":4611686018427387904,\"sha256\":" + hash + "}";
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("no JSON", "<html>502 Bad Gateway</html>"),
                Arguments.of("torn", good.substring(0, good.length() / 2)),
                Arguments.of("a list", "[]"),
                Arguments.of("null", "null"),
                Arguments.of("a text", "\"format\""),
                Arguments.of("empty", "{}"),
                Arguments.of("no format", good.replace("\"format\" : 1", "\"x\" : 1")),
                Arguments.of("format zero", good.replace("\"format\" : 1", "\"format\" : 0")),
                Arguments.of("a newer format", good.replace("\"format\" : 1", "\"format\" : 3")),
                Arguments.of("a format out of range", good.replace("\"format\" : 1", "\"format\" : 4294967297")),
                Arguments.of("a format that is no number", good.replace("\"format\" : 1", "\"format\" : \"one\"")),
                Arguments.of("no session", good.replace("session_id", "session")),
                Arguments.of("a session id that leads out", good.replace(ID.text(), "../../../../etc/passwd")),
                Arguments.of("no time", good.replace("\"at\" :", "\"when\" :")),
                Arguments.of("no such time", good.replace("2026-11-21T10:00:00Z", "2026-13-41T10:00:00Z")),
                Arguments.of("no entries", good.replace("\"entries\"", "\"nothing\"")),
                Arguments.of("entries that are none", good.replace(entry, "{\"a\":1}")),
                Arguments.of("entries that are numbers", good.replace(entry, "[1,2,3]")),
                Arguments.of("no transcript", good.replace("transcript.jsonl", "other.jsonl")),
                Arguments.of("an entry twice", good.replace("tool-results/b.txt", "transcript.jsonl")),
                Arguments.of("a way out", good.replace("tool-results/b.txt", "../../b.txt")),
                Arguments.of("an absolute path", good.replace("tool-results/b.txt", "/etc/cron.d/b")),
                Arguments.of("another transcript", good.replace("tool-results/b.txt", "@beside/" + ID + ".jsonl")),
                Arguments.of("a negative size", good.replace("\"size\" : 3", "\"size\" : -3")),
                Arguments.of("a size of nothing", good.replace("\"size\" : 3", "\"size\" : null")),
                Arguments.of("a size in words", good.replace("\"size\" : 3", "\"size\" : \"3\"")),
                Arguments.of("a size with a fraction", good.replace("\"size\" : 3", "\"size\" : 3.5")),
                Arguments.of("a size beyond all numbers", good.replace("\"size\" : 3", "\"size\" : 1e400")),
                Arguments.of("a size of many digits", good.replace("\"size\" : 3", "\"size\" : " + "9".repeat(900))),
                Arguments.of("a wrong sum", good.replaceFirst("\"size\" : 3", "\"size\" : 4")),
                Arguments.of("a segment of no bytes", good.replace("\"size\" : 3", "\"size\" : 0")),
                Arguments.of("a wrong digest", good.replaceAll("[0-9a-f]{64}", "xyz")),
                Arguments.of("a digest in capitals", good.replaceAll("[0-9a-f]{64}", "A".repeat(64))),
                Arguments.of("16 EiB", good.replace(entry, "[" + huge.formatted("4611686018427387904", segment) + "]")),
                Arguments.of(
                        "sizes that wrap to nothing",
                        good.replace(
                                entry,
                                "[" + huge.formatted("0", String.join(",", List.of(segment, segment, segment, segment)))
                                        + "]")),
                Arguments.of(
                        "sizes that wrap below zero",
                        good.replace(
                                entry,
                                "[" + huge.formatted("-9223372036854775808", segment + "," + segment) + ","
                                        + huge.formatted("-9223372036854775808", segment + "," + segment)
                                                .replace("transcript.jsonl", "b")
                                        + "]")),
                Arguments.of("deep nesting", "{\"format\":1,\"entries\":" + "[".repeat(100_000)),
                Arguments.of("deep nesting, closed", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}"),
                Arguments.of("a huge text", good.replace("pr-12", "x".repeat(100_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesWhatIsNoManifest(String what, String json) {
        assertThatThrownBy(() -> read(json))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
                    assertThat(failure).hasMessageContaining(WHERE);
                    assertThat(failure.getMessage()).hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
                    assertThat(failure.next()).isNotBlank();
                });
    }

    @Test
    void refusesMoreEntriesThanASessionCanHave() {
        StringBuilder json = new StringBuilder("{\"format\":1,\"session_id\":\"" + ID + "\",\"entries\":[");
        for (int i = 0; i <= 20_000; i++) {
            json.append("{\"path\":\"f").append(i).append("\"},");
        }
        json.append("{}]}");

        assertThatThrownBy(() -> read(json.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(WHERE)
                .hasMessageContaining("more than 20000");
    }

    @Test
    void saysThatANewerProgramIsNeeded() throws IOException {
        String newer = write(Bundles.of(ID).build().manifest()).replace("\"format\" : 1", "\"format\" : 3");

        assertThatThrownBy(() -> read(newer))
                .hasMessageContaining("has format 3")
                .extracting(failure -> ((Failure) failure).next())
                .isEqualTo("use a newer session-relay");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void answersAnyBytesWithAManifestOrAFailure(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] good = write(Bundles.of(ID, 2)
                        .with("tool-results/b.txt", new byte[] {1, 2, 3})
                        .build()
                        .manifest())
                .getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "{}[]\",:0123456789-eE.\\u null\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int tries = 0; tries < 1500; tries++) {
            byte[] bytes = good.clone();
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Throwable thrown = catchThrowable(() -> ManifestJson.read(bytes, WHERE));
            if (thrown != null) {
                assertThat(thrown)
                        .as("seed %d, try %d: %s", seed, tries, new String(bytes, StandardCharsets.ISO_8859_1))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining(WHERE);
            }
        }
    }

    private static String write(Manifest manifest) {
        return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    }

    private static Manifest read(String json) {
        return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8), WHERE);
    }
}
