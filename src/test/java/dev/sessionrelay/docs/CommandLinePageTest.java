package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.cli.Cli;
import dev.sessionrelay.cli.CliContext;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference in docs/command-line.md is what the program says of itself. */
class CommandLinePageTest {
    private static final String HEAD = "## Reference";
    private static final int SHARED = 4;

    @Test
    void listsEveryVerbAndOptionAsTheProgramDoes() {
        List<String> reference = Page.of("docs/command-line.md").lines().stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
        List<String> wanted = reference();
        assertThat(String.join("\n", reference).strip())
                .as("this is the text below \"%s\":%n%n%s%n%n", HEAD, String.join("\n", wanted))
                .isEqualTo(String.join("\n", wanted).strip());
    }

    static CommandLine program() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Cli.commandLine(
                new CliContext(Map.of(), Path.of("").toAbsolutePath(), nowhere, nowhere, Clock.systemUTC()));
    }

    private static List<String> reference() {
        Map<String, CommandSpec> verbs = new LinkedHashMap<>();
        collect("", program().getCommandSpec(), verbs);
        Map<String, Long> uses = verbs.values().stream()
                .flatMap(verb -> verb.options().stream())
                .collect(Collectors.groupingBy(CommandLinePageTest::row, LinkedHashMap::new, Collectors.counting()));
        List<String> text = new ArrayList<>();
        verbs.forEach((name, verb) -> text.addAll(section(name, verb, uses)));
        text.addAll(List.of("", "### Options of several verbs", "", "| option | does |", "|---|---|"));
        uses.forEach((row, count) -> {
            if (count >= SHARED) {
                text.add(row);
            }
        });
        return text;
    }

    private static void collect(String before, CommandSpec spec, Map<String, CommandSpec> verbs) {
        spec.subcommands().forEach((name, verb) -> {
            verbs.put(before + name, verb.getCommandSpec());
            collect(before + name + " ", verb.getCommandSpec(), verbs);
        });
    }

    private static List<String> section(String name, CommandSpec verb, Map<String, Long> uses) {
        List<String> text = new ArrayList<>(List.of("", "### " + name, ""));
        text.add(words(verb.usageMessage().description()));
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec argument : verb.positionalParameters()) {
            String label = argument.paramLabel();
            rows.add("| `" + (argument.required() ? label : "[" + label + "]") + "` | " + words(argument.description())
                    + " |");
        }
        List<String> shared = new ArrayList<>();
        for (OptionSpec option : verb.options()) {
            if (uses.getOrDefault(row(option), 0L) >= SHARED) {
                shared.add("`" + option.longestName() + "`");
            } else {
                rows.add(row(option));
            }
        }
        if (!rows.isEmpty()) {
            text.addAll(List.of("", "| argument or option | does |", "|---|---|"));
            text.addAll(rows);
        }
        text.add("");
        text.add("Also " + String.join(", ", shared) + ".");
        return folded(text);
    }

    private static String row(OptionSpec option) {
        String names = String.join("`, `", option.names());
        String value =
                option.arity().max() == 0 ? "" : " " + option.paramLabel().replace("|", "\\|");
        String repeated = option.isMultiValue() ? " …" : "";
        return "| `" + names + value + "`" + repeated + (option.required() ? " (needed)" : "") + " | "
                + words(option.description()) + " |";
    }

    private static String words(String... description) {
        return String.join(" ", description)
                .replace("%%", "%")
                .replace("|", "\\|")
                .replace("<", "&lt;");
    }

    /** Lines of prose are as short as everywhere. */
    private static List<String> folded(List<String> text) {
        List<String> lines = new ArrayList<>();
        for (String line : text) {
            String rest = line;
            while (rest.length() > 120 && !rest.startsWith("|")) {
                int space = rest.lastIndexOf(' ', 120);
                lines.add(rest.substring(0, space));
                rest = rest.substring(space + 1);
            }
            lines.add(rest);
        }
        return lines;
    }
}
