package dev.sessionrelay.protect.redact;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever text there is, looking for secrets in it ends, and reads nothing that is not there. */
class StructuresFuzzTest {
    private static final String[] SIGNS = {
        "=",
        ":",
        " ",
        "  ",
        "\t",
        "\n",
        "\\n",
        "\"",
        "'",
        "`",
        "\\",
        "\\\"",
        "<",
        ">",
        "</",
        "/>",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "|",
        "@",
        "://",
        ",",
        ";",
        "&",
        "?",
        "-",
        "--",
        "$",
        "%",
        "#",
        "<<EOF\n",
        "<<<",
        "=>",
        ":=",
        "->",
        "name=\"",
        "value=\"",
        "default = ",
        "type = string",
        "é",
        "\u200b",
        "\u001b[1m",
        "\u001b",
        "%3D",
        "&quot;",
        "1\t",
        "  12\u2192",
        "+",
        "> ",
        "-----BEGIN ",
        "PRIVATE KEY-----",
        "-----END",
        "\0",
        "...",
        "\u2026",
        "is",
        "as the",
        "[redacted:x:12ab]",
        "[redacted:",
        "echo ",
        "| sudo -S",
        "Cookie: ",
        "a=b; ",
        "Authorization: ",
        "Bearer ",
        "IDENTIFIED BY ",
        "{SHA}",
        "eyJ",
        "AKIA",
        "\\u001b"
    };
    private static final String[] VALUES = {
        "Falcon48213",
        "correcthorse7",
        "aB3$xY(9]k=",
        "p;q",
        "x",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
        "REJfUEFTU1dPUkQ9RmFsY29uNDgyMTM5OQ==",
        "word"
    };

    @Test
    void endsOnAnyText() {
        long seed = Long.getLong("relay.seed", System.nanoTime());
        int rounds = Integer.getInteger("relay.fuzz.rounds", 20_000);
        Random random = new Random(seed);
        RuleSet rules = RuleFile.read();
        Vocabulary vocabulary = new Vocabulary(rules, Map.of("Falcon48213", "known", "correcthorse7", "known"));
        LineScan scan = new LineScan(rules, vocabulary);
        List<String> cues = new ArrayList<>();
        for (Cue cue : Cue.values()) {
            cues.addAll(cue.texts());
        }
        Commands.names().forEach(cues::add);
        for (int round = 0; round < rounds; round++) {
            byte[] text = text(random, cues).getBytes(StandardCharsets.UTF_8);
            boolean json = random.nextBoolean();
            assertThatCode(() -> {
                        if (json) {
                            scan.record(text, 0, text.length, 0);
                        } else {
                            scan.plain(text, 0, 0, text.length, text.length, 0);
                        }
                    })
                    .as("seed %d: %s", seed, new String(text, StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        }
    }

    private static String text(Random random, List<String> cues) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i >= 0; i--) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0 -> cues.get(random.nextInt(cues.size()));
                        case 1 -> VALUES[random.nextInt(VALUES.length)];
                        default -> SIGNS[random.nextInt(SIGNS.length)];
                    });
        }
        text.setLength(text.length() - random.nextInt(Math.min(3, text.length())));
        return random.nextInt(4) == 0 ? "{\"a\":\"" + text + "\"}" : text.toString();
    }
}
