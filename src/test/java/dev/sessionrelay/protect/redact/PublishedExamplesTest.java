package dev.sessionrelay.protect.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What gitleaks publishes with its rules: what each of them has to find, and what it has to leave. */
class PublishedExamplesTest {
    /** They look only into files of certain names, which a transcript does not have. */
    private static final Set<String> BY_PATH =
            Set.of("freemius-secret-key", "hashicorp-tf-password", "kubernetes-secret-yaml", "nuget-config-password");

    private record Example(String rule, boolean secret, String text) {}

    @Test
    void findsWhatTheRulesAreToFind() throws IOException {
        Map<String, Rule> rules = new TreeMap<>();
        RuleFile.read().rules().forEach(rule -> rules.put(rule.id(), rule));
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        int secrets = 0;
        int others = 0;
        for (Example example : examples()) {
            Rule rule = rules.get(example.rule());
            if (rule == null || (!example.secret() && BY_PATH.contains(example.rule()))) {
                continue;
            }
            boolean found = isFound(rule, example.text());
            if (example.secret()) {
                secrets++;
                shown.add(example.rule());
                if (!found) {
                    missed.add(example.rule() + ": " + example.text());
                }
            } else {
                others++;
                if (found) {
                    wrong.add(example.rule() + ": " + example.text());
                }
            }
        }
        System.out.printf(
                "published examples: %d of %d secrets found, %d of %d others left, %d rules%n",
                secrets - missed.size(), secrets, others - wrong.size(), others, shown.size());
        assertThat(missed).isEmpty();
        assertThat(wrong).isEmpty();
    }

    private static boolean isFound(Rule rule, String example) {
        RuleSet alone = new RuleSet(List.of(rule), RuleFile.read().allowances(), false, false, Set.of());
        byte[] bytes = example.getBytes(StandardCharsets.UTF_8);
        Text text = new Text();
        text.take(bytes, 0, bytes.length, false);
        return new Detector(alone, new Vocabulary(alone, Map.of()))
                .detect(text).stream().anyMatch(finding -> finding.rule().equals(rule.id()));
    }

    private static List<Example> examples() throws IOException {
        List<String> assignments =
                lines("assignments.txt").stream().map(String::translateEscapes).toList();
        List<Example> examples = new ArrayList<>();
        for (String line : lines("examples.tsv")) {
            String[] fields = line.split("\t", -1);
            boolean secret = fields[1].startsWith("+");
            if (fields[1].endsWith("*")) {
                String name = decoded(fields[2]);
                for (String assignment : assignments) {
                    examples.add(new Example(
                            fields[0],
                            secret,
                            assignment
                                    .replace("{i}", name)
                                    .replace("{I}", name.toUpperCase(Locale.ROOT))
                                    .replace("{s}", decoded(fields[3]))));
                }
            } else {
                examples.add(new Example(fields[0], secret, decoded(fields[2])));
            }
        }
        return examples;
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(PublishedExamplesTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
