package dev.sessionrelay.protect.redact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * What a project says about its secrets in {@code .session-relay.toml}: rules of its own, what is no secret here, and
 * which variables hold secrets. Rules and allow-lists are written as gitleaks writes them, so that they can be moved.
 *
 * @param off rules that are not looked for
 * @param variables names of variables whose values are secrets, though their names do not say so
 * @param passedOver what the file says and does not count, in words
 */
public record OwnRules(Rules own, Set<String> off, Set<String> variables, List<String> passedOver) {
    public static final String FILE = ".session-relay.toml";
    private static final int LARGEST = 1 << 20;
    public static final OwnRules NONE = new OwnRules(new Rules(RuleSet.NONE, false), Set.of(), Set.of(), List.of());

    /** Keeps the rules' own form out of sight. */
    public static final class Rules {
        private final RuleSet set;
        private final boolean onlyAdd;

        Rules(RuleSet set, boolean onlyAdd) {
            this.set = set;
            this.onlyAdd = onlyAdd;
        }
    }

    /** Reads the file of a project's folder, if there is one. */
    public static OwnRules in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            JsonNode redact = new TomlMapper()
                    .readTree(PlainFile.namedBytes(file, LARGEST))
                    .path("redact");
            return new OwnRules(
                    new Rules(rules(redact), false),
                    new HashSet<>(strings(redact.path("off"))),
                    new HashSet<>(strings(redact.path("variables"))),
                    List.of());
        } catch (JsonProcessingException | PatternSyntaxException e) {
            throw bad(
                    file,
                    e.getMessage() == null
                            ? ""
                            : e.getMessage().lines().findFirst().orElse(""));
        } catch (IllegalArgumentException e) {
            throw bad(file, String.valueOf(e.getMessage()));
        } catch (PlainFile.Unfit e) {
            throw bad(file, e.getReason());
        } catch (IOException e) {
            throw Failure.ofDisk("read", file, e);
        }
    }

    /** Reads it as far as the environment lets it count: on a runner, whoever opens a pull request writes the file. */
    public static OwnRules in(Path folder, Map<String, String> environment) {
        OwnRules all = in(folder);
        return Workspace.isRunner(environment) ? all.onlyAdding() : all;
    }

    /** More to look for, and nothing less. */
    private OwnRules onlyAdding() {
        List<String> without = new ArrayList<>();
        if (!off.isEmpty()) {
            without.add("it turns rules off: " + String.join(", ", new TreeSet<>(off)));
        }
        if (!own.set.allowances().isEmpty()) {
            without.add("it has a list of what is not secret");
        }
        return new OwnRules(new Rules(own.set.withoutAllowances(), true), Set.of(), variables, without);
    }

    /** What the file changes; whoever can write it, an agent too, can have something left in. */
    List<String> inWords() {
        List<String> words = new ArrayList<>();
        if (!own.set.rules().isEmpty()) {
            words.add(FILE + " adds rules: "
                    + String.join(", ", own.set.rules().stream().map(Rule::id).toList()));
        }
        if (!off.isEmpty()) {
            words.add(FILE + " turns rules off: " + String.join(", ", new TreeSet<>(off)));
        }
        if (!own.set.allowances().isEmpty()) {
            words.add(FILE + " has a list of what is no secret");
        }
        return words;
    }

    private static Failure bad(Path file, String why) {
        return Failure.badInput(
                "tried to read the rules in " + file + ", but " + why, "mend it; docs/redaction.md has an example");
    }

    RuleSet over(RuleSet packaged) {
        // A rule of the same name takes the place of ours, unless it may only add.
        List<Rule> rules =
                own.onlyAdd ? own.set.rules().stream().map(packaged::besides).toList() : own.set.rules();
        return packaged.with(rules, own.set.allowances(), off);
    }

    /** The environment, in which the variables that hold secrets are called so. */
    Map<String, String> within(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        variables.forEach(name -> {
            if (environment.containsKey(name)) {
                all.put(name + "_SECRET", environment.get(name));
            }
        });
        return all;
    }

    /** The rules and allowances in a document of gitleaks' form. */
    static RuleSet rules(JsonNode document) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode node : document.path("rules")) {
            if (!node.path("regex").isTextual()) {
                continue;
            }
            String id = node.path("id").asText();
            if (!id.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
                throw new IllegalArgumentException("a rule's id is \"" + id + "\", and should be like acme-token");
            }
            List<String> keywords = strings(node.path("keywords"));
            if (keywords.isEmpty()) {
                throw new IllegalArgumentException("rule " + id + " has no keywords, by which it is found quickly");
            }
            Dialect.pattern(node.path("regex").asText());
            rules.add(new Rule(
                    id,
                    node.path("regex").asText(),
                    node.path("entropy").asDouble(0),
                    node.path("secretGroup").asInt(0),
                    keywords,
                    allowances(node)));
        }
        return new RuleSet(rules, allowances(document), true, true, Set.of());
    }

    private static List<Allowance> allowances(JsonNode owner) {
        List<Allowance> allowances = new ArrayList<>();
        if (owner.has("allowlist")) {
            add(owner.path("allowlist"), allowances);
        }
        owner.path("allowlists").forEach(node -> add(node, allowances));
        return allowances;
    }

    /** What depends on the path of a file, which a transcript does not have, allows nothing. */
    private static void add(JsonNode node, List<Allowance> allowances) {
        boolean onlyWithPath = node.path("condition").asText().equalsIgnoreCase("AND") && node.has("paths");
        List<String> regexes = strings(node.path("regexes"));
        List<String> words = strings(node.path("stopwords"));
        if (!onlyWithPath && !(regexes.isEmpty() && words.isEmpty())) {
            String target = node.path("regexTarget").asText("secret").toUpperCase(Locale.ROOT);
            regexes.forEach(Dialect::pattern);
            allowances.add(new Allowance(Allowance.Target.valueOf(target), regexes, words));
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asText()));
        return strings;
    }
}
