package dev.sessionrelay.protect.redact;

import static dev.sessionrelay.protect.redact.Transcripts.answer;
import static dev.sessionrelay.protect.redact.Transcripts.block;
import static dev.sessionrelay.protect.redact.Transcripts.line;
import static dev.sessionrelay.protect.redact.Transcripts.prompt;
import static dev.sessionrelay.protect.redact.Transcripts.record;
import static dev.sessionrelay.protect.redact.Transcripts.redacted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String TOKEN = "ghp_" + letters(36, 1);

    /** What a first look finds in a block is taken away with the whole block when a later look finds more. */
    @Test
    void takesOutABlockWhoseSecretShowsInAnotherField() throws IOException {
        String after = redacted("{\"\":\"g2://:O1Xf5yPjrK@p\",\"type\":\"thinking\",\"thinking\":\"O1Xf5yPjrK\"}\n");

        assertThat(after).doesNotContain("O1Xf5yPjrK");
        assertThat(Transcripts.JSON.readTree(after).isObject()).isTrue();
    }

    @Test
    void replacesOnlyTheSecret() throws IOException {
        String before = line(prompt("use " + TOKEN + " please, \"quoted\"\nand é 😀"));
        String after = redacted(before);
        assertThat(after).matches("(?s).*use \\[redacted:github-pat:[0-9a-f]{4}] please, .*");
        assertThat(after.replaceFirst("\\[redacted:[^]]+]", TOKEN)).isEqualTo(before);
    }

    @Test
    void leavesLinesWithoutSecretsByteForByte() throws IOException {
        String line = "{\"type\":\"user\" , \"message\":{\"content\":\"a \\u00e9 \\/ b\"}}\r\n\n not json \n";
        assertThat(redacted(line)).isEqualTo(line);
    }

    @Test
    void givesTheSameSecretTheSamePlaceholder() throws IOException {
        ObjectNode result = record("user");
        result.putObject("toolUseResult").put("stdout", "token " + TOKEN);
        String after = redacted(line(prompt(TOKEN)) + line(result));
        String placeholder = after.replaceFirst("(?s).*?(\\[redacted:github-pat:[0-9a-f]{4}]).*", "$1");
        assertThat(after.split("\\Q" + placeholder + "\\E", -1)).hasSize(3);
    }

    @Test
    void findsWhatJsonEscapesHide() throws IOException {
        String plain = line(prompt("it is XX"));
        assertThat(redacted(plain.replace("XX", "gh\\u0070_" + TOKEN.substring(4))))
                .contains("it is [redacted:github-pat:");
        String url = "https:\\/\\/bob:Qz7rTw9xKm2v@db.example.com\\/x";
        assertThat(redacted(plain.replace("XX", url))).contains("bob:[redacted:url-credentials:0000]@db");
        assertThat(redacted(line(prompt("said {\"password\": \"q8Zs0dF7gH3jK9lM2n\"} twice"))))
                .doesNotContain("q8Zs0dF7gH3jK9lM2n");
    }

    @Test
    void findsWhatBase64Hides() throws IOException {
        for (String before : List.of("", "a", "ab", "user:")) {
            String hidden =
                    Base64.getEncoder().encodeToString((before + TOKEN + " etc.").getBytes(StandardCharsets.UTF_8));
            String after = redacted(line(prompt("data: " + hidden + " end")));
            assertThat(after).contains("[redacted:github-pat:").contains(" end");
        }
    }

    @Test
    void findsASecretAgainWhereNothingSaysThatItIsOne() throws IOException {
        String secret = letters(20, 7).toLowerCase(Locale.ROOT) + "42";
        ObjectNode result = prompt("client_secret = \"" + secret + "\"");
        result.putObject("toolUseResult").put("stdout", "then " + secret + " was printed");
        assertThat(redacted(line(result))).doesNotContain(secret);
    }

    @Test
    void knowsTheSecretsOfTheEnvironment() throws IOException {
        Map<String, String> environment = Map.of("MY_SERVICE_TOKEN", "tiny\"rabbit\\99", "HOME", "/home/somebody");
        String after = redacted(
                line(prompt("it says tiny\"rabbit\\99 in /home/somebody")),
                "transcript.jsonl",
                environment,
                new SecretReport());
        assertThat(after).contains("it says [redacted:known-value:0000] in /home/somebody");
        String encoded = Base64.getEncoder().encodeToString("u:tiny\"rabbit\\99".getBytes(StandardCharsets.UTF_8));
        assertThat(redacted(line(prompt(encoded)), "transcript.jsonl", environment, new SecretReport()))
                .contains("[redacted:known-value:");
    }

    @Test
    void knowsWhatItWasTold() throws IOException {
        String after = redacted(
                line(prompt("say open sesame 7")),
                "transcript.jsonl",
                Map.of(),
                List.of("open sesame 7"),
                new SecretReport());
        assertThat(after).contains("say [redacted:known-value:0000]");
    }

    /** Nobody could read a conversation without these words, and they keep nothing secret. */
    @Test
    void leavesWordsThatAreCalledSecret() throws IOException {
        List<String> told = List.of("test", "main", "production", "Password", "/home/somebody/project", "aaaaaaaaaaaa");
        Map<String, String> environment =
                Map.of("A_TOKEN", "development", "B_KEY", "~/.ssh/id_ed25519", "PASS", "hunter2");
        String before = line(prompt(String.join(" ", told) + " " + String.join(" ", environment.values())));
        assertThat(redacted(before, "transcript.jsonl", environment, told, new SecretReport()))
                .isEqualTo(before);
        assertThat(new Redaction(Redaction.Mode.ON, OwnRules.NONE, environment, told).notes())
                .singleElement()
                .asString()
                .startsWith("6 of the values given as secret are not looked for");
    }

    @Test
    void takesNoKeyForAPath() throws IOException {
        String key = "/Qm3+vT9xKc2Lr8wZp5/Yh1Nd7Bf4Gs6Ja0Ue+iOo";
        assertThat(redacted(
                        line(prompt("x " + key + " y")), "transcript.jsonl", Map.of("S3_KEY", key), new SecretReport()))
                .contains("x [redacted:known-value:");
    }

    @Test
    void leavesIdsSignaturesImagesAndPaths() throws IOException {
        String random = letters(48, 3) + "12345";
        ObjectNode thinking = block("thinking").put("thinking", "hm").put("signature", random + random);
        ObjectNode image = block("image");
        image.putObject("source")
                .put("type", "base64")
                .put("media_type", "image/png")
                .put("data", random);
        ObjectNode use =
                block("tool_use").put("id", "toolu_01" + letters(22, 5)).put("name", "Read");
        use.putObject("input").put("file_path", "/home/u/" + TOKEN + "/x.txt");
        ObjectNode search = block("web_search_result").put("encrypted_content", random);
        String lines = line(answer(thinking)) + line(answer(image)) + line(answer(use)) + line(answer(search));
        SecretReport report = new SecretReport();
        assertThat(redacted(lines, "transcript.jsonl", Map.of(), report)).isEqualTo(lines);
        assertThat(report.images()).isEqualTo(1);
        assertThat(report.isEmpty()).isTrue();
    }

    @Test
    void takesOutAThinkingBlockThatHoldsASecret() throws IOException {
        ObjectNode thinking = block("thinking").put("thinking", "so " + TOKEN).put("signature", "abc");
        JsonNode after = Transcripts.JSON.readTree(redacted(line(answer(thinking))));
        JsonNode block = after.path("message").path("content").path(0);
        assertThat(block.path("type").asText()).isEqualTo("text");
        assertThat(block.path("text").asText()).matches("\\[redacted:thinking:[0-9a-f]{4}]");
        assertThat(block.size()).isEqualTo(2);
    }

    @Test
    void findsTheValueOfANameInTheRecordItself() throws IOException {
        ObjectNode use = block("tool_use").put("id", "toolu_01").put("name", "mcp");
        use.putObject("input").put("api_key", "q8Zs0dF7gH3jK9lM2nB5vC1x");
        assertThat(redacted(line(answer(use)))).contains("\"api_key\":\"[redacted:generic-api-key:");
    }

    @Test
    void redactsPlainTextAcrossItsLines() throws IOException {
        String key = "-----BEGIN RSA PRIVATE KEY-----\n" + (letters(64, 9) + "\n").repeat(12)
                + "-----END RSA PRIVATE KEY-----";
        SecretReport report = new SecretReport();
        String after = redacted("a\nb\n" + key + "\nc\n", "tool-results/x.txt", Map.of(), report);
        assertThat(after).matches("a\nb\n\\[redacted:private-key:[0-9a-f]{4}]\nc\n");
        assertThat(report.places().getFirst().place().line()).isEqualTo(3);
    }

    @Test
    void neverTellsTheSecret() throws IOException {
        SecretReport report = new SecretReport();
        redacted(line(prompt(TOKEN)), "transcript.jsonl", Map.of(), report);
        assertThat(report.perRule()).containsExactly(Map.entry("github-pat", 1L));
        assertThat(report.places().toString()).contains("message.content").doesNotContain(TOKEN.substring(4, 12));
    }

    @Test
    void changesNothingTheSecondTime() throws IOException {
        String once = redacted(line(prompt("export GITHUB_TOKEN=" + TOKEN + "\npassword: 'Xk29dLq0ZpV71m'")));
        assertThat(redacted(once)).isEqualTo(once);
    }

    @Test
    void looksIntoALineOfManyMegabytes() throws IOException {
        String filler = "some words and code(); \\n".repeat(400_000);
        String long1 = "{\"type\":\"user\",\"message\":{\"content\":\"" + TOKEN + " " + filler + TOKEN + filler
                + " \"},\"toolUseResult\":{\"stdout\":\"" + TOKEN + "\"}}\n";
        String after = redacted(long1 + line(prompt(TOKEN)));
        assertThat(after).doesNotContain(TOKEN);
        assertThat(after.lines().count()).isEqualTo(2);
        assertThat(after.split("\\[redacted:github-pat", -1)).hasSize(5);
    }

    /** Large files are gone through in parts at once; nobody must see that. */
    @Test
    void findsTheSameInALargeFile() throws IOException {
        String harmless = line(prompt("nothing to see here. ".repeat(400)));
        String secret = line(prompt("x ".repeat(2000) + TOKEN));
        StringBuilder all = new StringBuilder();
        List<Long> lines = new ArrayList<>();
        for (long i = 1; i <= 4500; i++) {
            all.append(i % 101 == 0 ? secret : harmless);
            if (i % 101 == 0) {
                lines.add(i);
            }
        }
        SecretReport report = new SecretReport();
        String after = redacted(all.toString(), "transcript.jsonl", Map.of(), report);
        assertThat(all.length()).isGreaterThan(32 << 20);
        assertThat(report.places().stream().map(found -> found.place().line())).isEqualTo(lines);
        assertThat(after).isEqualTo(all.toString().replace(secret, redacted(secret)));
    }

    @Test
    void canBeReadFromAnywhere() throws IOException {
        String text = line(prompt("a " + TOKEN + " b " + TOKEN + " c")).repeat(3);
        Payload payload = new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of())
                .of(new EntryName("transcript.jsonl"), Transcripts.payload(text), new SecretReport());
        byte[] all;
        try (InputStream in = payload.open()) {
            all = in.readAllBytes();
        }
        for (int from = 0; from <= all.length; from++) {
            try (InputStream in = payload.open(from)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, from, all.length));
            }
        }
    }

    static String letters(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        return text.toString();
    }
}
