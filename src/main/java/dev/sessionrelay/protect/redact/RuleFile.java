package dev.sessionrelay.protect.redact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that come with the program, in a form that is read in a millisecond: one record a line, its fields between
 * tabs. {@code R} is a rule, {@code A} what the rule before it allows (or, ahead of all rules, what all of them do),
 * {@code S} the words of that allowance. It is made from the TOML files in {@code src/main/rules}; a test holds them
 * together.
 */
final class RuleFile {
    private static final String RESOURCE = "rules.tsv";

    private RuleFile() {}

    static RuleSet read() {
        try (InputStream in = RuleFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleSet read(BufferedReader lines) throws IOException {
        List<Rule> rules = new ArrayList<>();
        List<Allowance> forAll = new ArrayList<>();
        List<Allowance> allowances = forAll;
        List<String> open = List.of();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> fields = fields(line);
            switch (fields.getFirst()) {
                case "R" -> {
                    finish(open, allowances, rules);
                    open = fields;
                    allowances = new ArrayList<>();
                }
                case "A" ->
                    allowances.add(new Allowance(
                            Allowance.Target.valueOf(fields.get(1)), fields.subList(2, fields.size()), List.of()));
                case "S" -> allowances.add(allowances.removeLast().with(fields.subList(1, fields.size())));
                default -> {}
            }
        }
        finish(open, allowances, rules);
        return new RuleSet(rules, forAll, true, true, Set.of());
    }

    private static void finish(List<String> fields, List<Allowance> allowances, List<Rule> rules) {
        if (!fields.isEmpty()) {
            rules.add(new Rule(
                    fields.get(1),
                    fields.get(4),
                    Double.parseDouble(fields.get(2)),
                    Integer.parseInt(fields.get(3)),
                    fields.subList(5, fields.size()),
                    allowances));
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', from)) {
            fields.add(line.substring(from, tab));
            from = tab + 1;
        }
        fields.add(line.substring(from));
        return fields;
    }

    static String write(RuleSet set) {
        StringBuilder lines = new StringBuilder();
        set.allowances().forEach(allowance -> write(allowance, lines));
        for (Rule rule : set.rules()) {
            lines.append("R\t%s\t%s\t%d\t%s".formatted(rule.id(), rule.entropy(), rule.group(), plain(rule.regex())));
            rule.keywords().forEach(keyword -> lines.append('\t').append(plain(keyword)));
            lines.append('\n');
            rule.allowances().forEach(allowance -> write(allowance, lines));
        }
        return lines.toString();
    }

    private static void write(Allowance allowance, StringBuilder lines) {
        lines.append("A\t").append(allowance.target());
        allowance.regexes().forEach(regex -> lines.append('\t').append(plain(regex)));
        lines.append('\n');
        if (!allowance.words().isEmpty()) {
            lines.append("S\t").append(String.join("\t", allowance.words())).append('\n');
        }
    }

    private static String plain(String text) {
        if (text.indexOf('\t') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a tab or a line break in " + text);
        }
        return text;
    }
}
