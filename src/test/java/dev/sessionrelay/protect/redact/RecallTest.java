package dev.sessionrelay.protect.redact;

import static dev.sessionrelay.protect.redact.Transcripts.answer;
import static dev.sessionrelay.protect.redact.Transcripts.block;
import static dev.sessionrelay.protect.redact.Transcripts.line;
import static dev.sessionrelay.protect.redact.Transcripts.prompt;
import static dev.sessionrelay.protect.redact.Transcripts.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Forty kinds of secrets in every place where a transcript can have them, and none in much text that has none. */
class RecallTest {
    private static final int SAMPLES = 25;

    @Test
    void findsForty() throws IOException {
        Map<String, int[]> perPlace = new LinkedHashMap<>();
        Map<String, int[]> perKind = new TreeMap<>();
        Map<String, int[]> perFamily = new TreeMap<>();
        Map<String, int[]> nothingElse = new TreeMap<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (var planted : new PlantedSecrets(sample).all().entrySet()) {
                String family = familyOf(planted.getKey());
                for (var place : places().entrySet()) {
                    String said = place.getValue().apply(planted.getValue().text());
                    String file = place.getKey().endsWith(".txt") ? "tool-results/b.txt" : "transcript.jsonl";
                    boolean gone = isGone(planted.getValue().secret(), said, file);
                    count(perPlace, place.getKey(), gone);
                    count(perKind, planted.getKey(), gone);
                    count(perFamily, family, gone);
                }
                count(nothingElse, family, isAllThatIsGone(planted.getValue()));
            }
        }
        int[] all = perKind.values().stream().reduce(new int[2], (a, b) -> new int[] {a[0] + b[0], a[1] + b[1]});
        System.out.printf("recall: %d of %d (%.2f %%)%n", all[0], all[1], 100.0 * all[0] / all[1]);
        print("places", perPlace);
        print("kinds", perKind);
        print("families", perFamily);
        print("nothing but the secret was taken", nothingElse);
        assertThat(perKind).hasSize(40);
        assertThat(perFamily)
                .allSatisfy((family, count) ->
                        assertThat((double) count[0] / count[1]).as(family).isGreaterThan(0.96));
        assertThat((double) all[0] / all[1]).isGreaterThan(0.99);
        assertThat(nothingElse)
                .allSatisfy((family, count) ->
                        assertThat((double) count[0] / count[1]).as(family).isGreaterThan(0.96));
    }

    private static String familyOf(String kind) {
        return switch (kind.replaceAll(" .*", "")) {
            case "github", "gitlab", "linear" -> "code hosts";
            case "anthropic", "openai", "hugging", "databricks" -> "models";
            case "google", "azure", "digitalocean", "vault" -> "clouds";
            case "aws" -> kind.equals("aws id") ? "clouds" : "named by what is before";
            case "slack", "stripe", "twilio", "sendgrid" -> "messages, payments";
            case "npm", "pypi", "rubygems" -> "package registries";
            case "rsa", "openssh", "age" -> "private keys";
            case "jwt", "bearer", "basic", "curl" -> "request headers";
            case "database", "redis", "netrc" -> "URLs, netrc";
            case "generic", "client" -> "named by what is before";
            case "bare" -> "entropy alone";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static boolean isAllThatIsGone(PlantedSecrets.Planted planted) throws IOException {
        String after = Transcripts.redacted(line(prompt(planted.text())));
        return after.replaceAll("\\[redacted:[^]]+]", "X")
                .equals(line(prompt(planted.said().replace("%s", "X"))));
    }

    private static boolean isGone(String secret, String said, String file) throws IOException {
        String after = Transcripts.redacted(said, file, Map.of(), new SecretReport());
        String inJson = Transcripts.JSON.writeValueAsString(secret);
        String escaped = inJson.substring(1, inJson.length() - 1);
        String core = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return !after.contains(secret)
                && !after.contains(escaped)
                && !after.contains(core.substring(2, Math.max(12, core.length() - 6)));
    }

    /** The places of Claude Code's files, each as what it makes of a text. */
    static Map<String, UnaryOperator<String>> places() {
        Map<String, UnaryOperator<String>> places = new LinkedHashMap<>();
        places.put("prompt", text -> line(prompt(text)));
        places.put("end of a sentence", text -> line(prompt("It is " + text + ".")));
        places.put("in brackets", text -> line(prompt("(now " + text + ") and on")));
        places.put("queue operation", text -> line(record("queue-operation").put("content", text)));
        places.put("last prompt", text -> line(record("last-prompt").put("lastPrompt", text)));
        places.put("answer", text -> line(answer(block("text").put("text", text))));
        places.put(
                "thinking",
                text -> line(answer(block("thinking").put("thinking", text).put("signature", "abc"))));
        places.put("tool input", text -> {
            ObjectNode use = block("tool_use").put("id", "toolu_01").put("name", "Bash");
            use.putObject("input").put("command", text).put("description", "x");
            return line(answer(use));
        });
        places.put("tool result", text -> {
            ObjectNode result = prompt("");
            ObjectNode message = (ObjectNode) result.get("message");
            message.putArray("content")
                    .add(block("tool_result").put("tool_use_id", "toolu_01").put("content", "1\t" + text + "\n2\tend"));
            return line(result);
        });
        places.put("toolUseResult", text -> {
            ObjectNode result = record("user");
            result.putObject("toolUseResult").putObject("file").put("content", text);
            return line(result);
        });
        places.put("attachment", text -> {
            ObjectNode record = record("attachment");
            record.putObject("attachment").put("type", "instructions").put("content", text);
            return line(record);
        });
        places.put("compact summary", text -> line(prompt("Summary:\n" + text).put("isCompactSummary", true)));
        places.put("tool-results/*.txt", text -> "some output\n" + text + "\nmore\n");
        places.put("JSON in a string", text -> line(prompt("{\"content\": " + quoted(text) + ", \"n\": 1}")));
        places.put(
                "escaped",
                text -> line(prompt("SECRET HERE"))
                        .replace(
                                "SECRET HERE",
                                inner(text).replace("e", "\\u0065").replace("/", "\\/")));
        places.put(
                "base64",
                text -> line(prompt("blob "
                        + Base64.getEncoder()
                                .encodeToString(("x: 1\n" + text + "\n").getBytes(StandardCharsets.UTF_8)))));
        return places;
    }

    private static String inner(String text) {
        String quoted = quoted(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String quoted(String text) {
        String line = line(Transcripts.JSON.createObjectNode().put("x", text)).strip();
        return line.substring(5, line.length() - 1);
    }

    private static void count(Map<String, int[]> counts, String name, boolean gone) {
        int[] count = counts.computeIfAbsent(name, _ -> new int[2]);
        count[0] += gone ? 1 : 0;
        count[1]++;
    }

    private static void print(String what, Map<String, int[]> counts) {
        StringBuilder text = new StringBuilder(what + ":");
        counts.forEach((name, count) -> text.append(" %s %.1f %%,".formatted(name, 100.0 * count[0] / count[1])));
        System.out.println(text);
    }

    /** Our own sources and documents hold many words like "token" and "key", many digests and ids, and no secret. */
    @Test
    void leavesWhatIsNone() throws IOException {
        SecretReport report = new SecretReport();
        long bytes = 0;
        for (String root :
                new String[] {"src/main/java", "build", "docs", "README.md", "CONTRIBUTING.md", "pom.xml", "mvnw"}) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    String text = Files.readString(file);
                    bytes += text.length();
                    Transcripts.redacted(line(prompt(text)), "transcript.jsonl", Map.of(), report);
                }
            }
        }
        System.out.printf(
                "false alarms: %d in %d KB of our own text: %s%n", report.count(), bytes / 1000, report.perRule());
        assertThat(report.count()).isLessThanOrEqualTo(bytes / 100_000);
    }
}
