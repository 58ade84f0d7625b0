package dev.sessionrelay.protect.redact;

import static dev.sessionrelay.protect.redact.Transcripts.line;
import static dev.sessionrelay.protect.redact.Transcripts.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Of a long text only stretches are looked at, and a text that comes again is not looked at again: nothing may be
 * missed.
 */
class LongStringsTest {
    private static final String[] WORDS = {
        "the",
        "lines",
        "of",
        "a \"quoted\" file",
        "C:\\new\\table",
        "\n",
        "\t",
        "\u00e9t\u00e9",
        "\u2192",
        "if (x) {",
        "\n",
        "return 1;",
        "\\n"
    };

    @Test
    void findsASecretWhereverItStandsInALongText() throws IOException {
        for (int seed = 1; seed <= 40; seed++) {
            String secret = RedactionTest.letters(14, seed) + "9x";
            String before = ordinary(100 + 997 * seed, seed, " ");
            String behind = ordinary(20_000, -seed, " ");
            String told = before + "\ndb_password = \"" + secret + "\"\n";

            String after = content(redacted(line(prompt(told + behind + "\nexport DB_PASSWORD=" + secret))));

            assertThat(after).as("seed %d", seed).doesNotContain(secret).startsWith(before);
            assertThat(after.split("\\[redacted:", -1)).as("seed %d", seed).hasSize(3);
            // Now and then the quotes go with what they hold.
            assertThat(after.replaceAll("\"?\\[redacted:[a-z-]+:[0-9a-f]+]\"?", secret))
                    .isEqualTo(told.replace("\"" + secret + "\"", secret) + behind + "\nexport DB_PASSWORD=" + secret);
        }
    }

    @Test
    void cutsNoEscapeWhereNothingSeparatesWords() throws IOException {
        for (int seed = 1; seed <= 20; seed++) {
            String secret = RedactionTest.letters(14, seed) + "9x";
            String all = ordinary(9000 + seed, seed, "").replaceAll("[ \n\t]", "\\\\") + "&password=" + secret + "&"
                    + ordinary(9000, -seed, "").replaceAll("[ \n\t]", "\"");

            String after = content(redacted(line(prompt(all))));

            assertThat(after).as("seed %d", seed).doesNotContain(secret);
            assertThat(after.replaceAll("\\[redacted:[a-z-]+:[0-9a-f]+]", secret))
                    .isEqualTo(all);
        }
    }

    @Test
    void redactsATextThatComesAgainEachTime() throws IOException {
        String text = ordinary(6000, 3, " ");
        String first = "\ntoken: \"ghp_" + RedactionTest.letters(36, 5) + "\"\n";
        String second = first.replaceFirst("ghp_.", "ghp_Q");
        StringBuilder lines = new StringBuilder();
        for (String secret : new String[] {first, "", second, first, second, ""}) {
            lines.append(line(prompt(text + secret + text)));
        }

        String[] after = redacted(lines.toString()).split("\n", -1);

        assertThat(content(after[0])).contains("[redacted:").doesNotContain("ghp_");
        assertThat(after[3]).isEqualTo(after[0]);
        assertThat(content(after[1])).isEqualTo(text + text);
        assertThat(after[5]).isEqualTo(after[1]);
        assertThat(content(after[2])).contains("[redacted:").doesNotContain("ghp_");
        assertThat(after[2]).isNotEqualTo(after[0]).isEqualTo(after[4]);
    }

    private static String ordinary(int length, long seed, String between) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(between);
        }
        return text.toString();
    }

    private static String redacted(String text) throws IOException {
        return Transcripts.redacted(text, "transcript.jsonl", Map.of(), new SecretReport());
    }

    private static String content(String line) throws IOException {
        return Transcripts.JSON.readTree(line).path("message").path("content").asText();
    }
}
