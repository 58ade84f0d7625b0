package dev.sessionrelay.protect.redact;

import static dev.sessionrelay.protect.redact.Transcripts.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.transcript.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every transcript, whatever is in it. */
class RedactionPropertyTest {
    private static final String[] WORDS = {
        "the",
        "key",
        "=",
        "token:",
        "\"",
        "\\",
        "\n",
        "é",
        "😀",
        "{",
        "}",
        "[redacted:x:12ab]",
        "[redacted:",
        "password",
        "://",
        "@",
        "curl",
        "-u",
        "secret",
        "-----BEGIN",
        "PRIVATE KEY-----",
        "eyJ",
        "ghp_",
        "/usr/lib",
        "0123456789abcdef",
        "\t",
        " ",
        "api_key",
        "'",
        "\u0000",
        "\u2028",
        "Authorization: Bearer"
    };

    @RepeatedTest(150)
    void holdsForAnyTranscript(RepetitionInfo repetition) throws IOException {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<String> lines = lines(random);
        Map<String, String> one =
                Map.of("A_TOKEN", "correct-horse-battery", "B_SECRET", RedactionTest.letters(30, seed));
        Map<String, String> other = Map.of("A_TOKEN", "the key = token: x", "C_SECRET", "some-other-value-99");
        String all = String.join("", lines);
        String redacted = redacted(all, one);

        assertSameRecords(lines, redacted.split("(?<=\n)"), seed);
        assertThat(redacted(redacted, one)).as("seed %d: the second time", seed).isEqualTo(redacted);
        int cut = random.nextInt(lines.size() + 1);
        assertBeginning(redacted(String.join("", lines.subList(0, cut)), one), redacted, seed);
        assertEqual(all, redacted, seed);
        assertEqual(redacted, redacted(all, other), seed);
        assertEqual(all, redacted(redacted, other), seed);
    }

    private static void assertEqual(String first, String second, int seed) throws IOException {
        assertThat(Comparison.of(Transcripts.payload(first), Transcripts.payload(second))
                        .relation())
                .as("seed %d", seed)
                .isEqualTo(Comparison.Relation.EQUAL);
    }

    /** What is learned from a later line is redacted in an earlier one, too; that makes it no other session. */
    private static void assertBeginning(String first, String second, int seed) throws IOException {
        assertThat(Comparison.of(Transcripts.payload(first), Transcripts.payload(second))
                        .relation())
                .as("seed %d: the beginning", seed)
                .isIn(Comparison.Relation.SHORTER, Comparison.Relation.EQUAL);
    }

    private static String redacted(String text, Map<String, String> environment) throws IOException {
        return Transcripts.redacted(text, "transcript.jsonl", environment, new SecretReport());
    }

    private static void assertSameRecords(List<String> before, String[] after, int seed) throws IOException {
        assertThat(after).as("seed %d", seed).hasSameSizeAs(before);
        for (int i = 0; i < after.length; i++) {
            JsonNode old = Transcripts.JSON.readTree(before.get(i));
            JsonNode now = Transcripts.JSON.readTree(after[i]);
            for (String id : new String[] {"uuid", "parentUuid", "sessionId", "timestamp", "type", "cwd"}) {
                assertThat(now.path(id)).as("seed %d, line %d", seed, i).isEqualTo(old.path(id));
            }
            assertThat(now.findValuesAsText("tool_use_id")).isEqualTo(old.findValuesAsText("tool_use_id"));
            assertThat(now.path("message").path("id"))
                    .isEqualTo(old.path("message").path("id"));
        }
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        List<UnaryOperator<String>> places = new ArrayList<>(RecallTest.places().entrySet().stream()
                .filter(place -> !place.getKey().endsWith(".txt"))
                .map(Map.Entry::getValue)
                .toList());
        List<PlantedSecrets.Planted> secrets =
                new ArrayList<>(new PlantedSecrets(random.nextLong()).all().values());
        for (int i = 0; i < 12; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(40); word >= 0; word--) {
                switch (random.nextInt(8)) {
                    case 0 ->
                        text.append(secrets.get(random.nextInt(secrets.size())).text());
                    case 1 -> text.append("correct-horse-battery");
                    case 2 -> text.append(RedactionTest.letters(random.nextInt(60), random.nextLong()));
                    default -> text.append(WORDS[random.nextInt(WORDS.length)]);
                }
                text.append(random.nextBoolean() ? " " : "");
            }
            lines.add(places.get(random.nextInt(places.size())).apply(text.toString()));
        }
        ObjectNode odd = Transcripts.record("user");
        odd.putArray("message")
                .add(1)
                .add("key=" + RedactionTest.letters(20, 1))
                .addNull();
        lines.add(line(odd));
        return lines;
    }
}
