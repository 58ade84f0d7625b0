package dev.sessionrelay.docs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What people copy into a shell. Each line of this program is given to its own parser, so that no verb and no option in
 * the documentation can be wrong; a script of this project has to be there. Other programs are not run here.
 */
class CommandBlocksTest {
    /** Why a command of another program is not run by this test. */
    private static final Map<String, String> OF_OTHERS = Map.ofEntries(
            entry("claude", "needs an account; JourneyIT runs it"),
            entry("git", "changes a checkout of the reader's"),
            entry("gh", "needs GitHub; the stores' tests run it against a stand-in"),
            entry("tar", "needs an archive; the release store's tests unpack theirs"),
            entry("age", "needs a key; SealedSessionsTest opens files with it"),
            entry("age-keygen", "makes a key"),
            entry("gunzip", "stands behind age"),
            entry("jq", "stands before age"),
            entry("ssh-keygen", "needs a key; SignedMeansUsedTest verifies with it"),
            entry("keytool", "needs a certificate of the reader's"),
            entry("docker", "needs the reader's registry"),
            entry("cat", "shows a file of a store"),
            entry("source", "changes the shell"),
            entry("for", "is a word of the shell"),
            entry("done", "is a word of the shell"));

    /** Of claude, and of this project's scripts. */
    private static final Set<String> OPTIONS_OF_OTHERS = Set.of("--resume", "--settings", "--print", "--all");

    private static final Pattern NAMED_OPTION = Pattern.compile("`(--[a-z][a-z-]+)[ `=]");

    static List<Page.Block> blocks() {
        return Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> Set.of("bash", "sh", "shell").contains(block.language()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void isUnderstoodByTheProgram(Page.Block block) {
        List<List<String>> commands = ShellLine.commands(block.lines());
        assertThat(commands).isNotEmpty();
        for (List<String> command : commands) {
            String program = command.getFirst();
            if (program.equals("session-relay") || program.equals("./session-relay")) {
                String[] arguments = command.subList(1, command.size()).toArray(String[]::new);
                assertThatCode(() -> CommandLinePageTest.program().parseArgs(arguments))
                        .as("%s: %s", block, String.join(" ", command))
                        .doesNotThrowAnyException();
            } else if (program.contains("/")) {
                Path script = Page.PROJECT.resolve(program);
                assertThat(Files.isExecutable(script))
                        .as("%s: %s", block, program)
                        .isTrue();
            } else {
                assertThat(OF_OTHERS).as("%s: why is it not run?", block).containsKey(program);
            }
        }
    }

    /** Words in the text are checked as well: an option that is named has to be there. */
    @ParameterizedTest
    @MethodSource("pages")
    void namesOptionsThatExist(Page page) {
        Set<String> known = new TreeSet<>(OPTIONS_OF_OTHERS);
        addOptions(CommandLinePageTest.program().getCommandSpec(), known);
        Set<String> named = page.prose().stream()
                .flatMap(line -> NAMED_OPTION.matcher(line).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).as(page.name()).containsAll(named);
    }

    private static void addOptions(CommandSpec spec, Set<String> options) {
        spec.options().forEach(option -> options.addAll(List.of(option.names())));
        spec.subcommands().values().forEach(verb -> addOptions(verb.getCommandSpec(), options));
    }

    static List<Page> pages() {
        return Page.all();
    }
}
