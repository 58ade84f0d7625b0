package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Exhausted;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.checkout.NearCheckout;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.process.ShutdownGrace;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.text.mask.Masks;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code session-relay <verb> …}. The one place where a failure becomes words and an exit code.
 *
 * <p>How messages are written: what happened and why in one sentence that begins in lower case and has no full stop,
 * and below it, indented, what to do next. Never a stack trace, never a secret.
 */
public final class Cli {
    private Cli() {}

    private record NamedCommand(String name, Function<CliContext, Command> verb) {}

    private static final List<NamedCommand> VERBS = List.of(
            new NamedCommand("save", world -> new SaveCommand(world).verb()),
            new NamedCommand("restore", world -> new RestoreCommand(world).verb()),
            new NamedCommand("find", world -> new FindCommand(world).verb()),
            new NamedCommand("list", world -> new ListCommand(world).verb()),
            new NamedCommand("show", world -> new ShowCommand(world).verb()),
            new NamedCommand("check", world -> new CheckCommand(world).verb()),
            new NamedCommand("history", world -> new HistoryCommand(world).verb()),
            new NamedCommand("move", world -> new MoveCommand(world).verb()),
            new NamedCommand("delete", world -> new DeleteCommand(world).verb()),
            new NamedCommand("scan", world -> new ScanCommand(world).verb()),
            new NamedCommand("plan", world -> new PlanCommand(world).verb()),
            new NamedCommand("completion", world -> new CompletionCommand(world).verb()));

    /** Those that change a store, and are given time to finish that. */
    private static final Set<String> WRITING = Set.of("save", "move", "delete", "plan");

    public static int run(CliContext process, String... arguments) {
        Masks masks = Masks.of(
                process.environment(),
                List.of(arguments),
                NearCheckout.of(process.workingFolder()).originUrl().stream().toList());
        CliContext world = process.masked(masks);
        try {
            return runMasked(world, arguments);
        } finally {
            world.out().close();
            world.err().close();
        }
    }

    private static int runMasked(CliContext world, String... arguments) {
        CommandLine line = commandLine(world, verbs(arguments))
                .setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8))
                .setExecutionStrategy(parsed -> execute(world, parsed, arguments))
                .setParameterExceptionHandler((error, given) -> explainUsage(world, error))
                .setExecutionExceptionHandler((error, command, parsed) -> explain(world, error, List.of(arguments)));
        try {
            return line.execute(arguments);
        } catch (Error e) {
            return explain(world, e, List.of(arguments));
        }
    }

    /** All verbs with their options, for what describes the command line and runs none of it. */
    public static CommandLine commandLine(CliContext world) {
        return commandLine(world, VERBS);
    }

    private static CommandLine commandLine(CliContext world, List<NamedCommand> verbs) {
        Command root = new Root().verb;
        verbs.forEach(verb -> root.with(verb.name(), verb.verb().apply(world)));
        return new CommandLine(root.spec().name("session-relay"));
    }

    private static int execute(CliContext world, ParseResult parsed, String... arguments) {
        if (arguments.length == 0 || !WRITING.contains(arguments[0])) {
            return new CommandLine.RunLast().execute(parsed);
        }
        try (ShutdownGrace.GraceWork _ = world.interruption().begin()) {
            return new CommandLine.RunLast().execute(parsed);
        }
    }

    /** Those that are needed to understand the first argument. */
    private static List<NamedCommand> verbs(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<NamedCommand> meant =
                VERBS.stream().filter(verb -> verb.name().equals(first)).toList();
        return switch (first) {
            case "--version", "-V" -> List.of();
            case "completion" -> VERBS;
            default -> meant.isEmpty() ? VERBS : meant;
        };
    }

    private static int explainUsage(CliContext world, ParameterException error) {
        CommandLine command = error.getCommandLine();
        world.err().println("session-relay: " + SafeText.of(String.valueOf(error.getMessage()), 500));
        if (!UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            world.err()
                    .println("  `" + world.command()
                            + command.getCommandSpec().qualifiedName().replaceFirst("^\\S+", "")
                            + " --help` shows what it takes");
        }
        return ExitCode.BAD_INPUT.number();
    }

    private static int explain(CliContext world, Throwable error, List<String> arguments) {
        Failure failure = switch (error) {
            case Failure known -> known;
            case InvalidPathException path -> unspeakable(path);
            default -> Exhausted.describe(error).orElseGet(() -> ourBug(error));
        };
        if ("1".equals(world.environment().get("SESSION_RELAY_DEBUG"))) {
            error.printStackTrace(world.err());
        }
        if (arguments.contains("--json")) {
            ObjectNode answer = JsonOutput.object();
            answer.put("success", false);
            answer.put("exit_code", failure.exitCode().number());
            answer.put("error", failure.getMessage());
            answer.put("next", failure.next());
            world.out().println(JsonTree.printableText(answer));
        } else {
            world.err().println("session-relay: " + failure.describe());
        }
        return failure.exitCode().number();
    }

    /** Java names files in the locale's encoding, and the C locale has no more than ASCII. */
    private static Failure unspeakable(InvalidPathException error) {
        return new Failure(
                ExitCode.BAD_INPUT,
                "\"" + SafeText.of(error.getInput(), 200) + "\" cannot be named as a path here: "
                        + SafeText.of(error.getReason(), 200),
                "when it has letters beyond ASCII, set LC_ALL=C.UTF-8 and run this again",
                error);
    }

    private static Failure ourBug(Throwable error) {
        return new Failure(
                ExitCode.OUR_BUG,
                "this is a bug in session-relay: " + SafeText.of(String.valueOf(error), 300),
                "please report it, with what SESSION_RELAY_DEBUG=1 prints when you run this again",
                error);
    }

    private static final class Root {
        private final Command verb = new Command(
                        "Carries a Claude Code conversation from one machine to another.", this::call)
                .examples(
                        "  session-relay save                     keep this folder's newest session",
                        "  session-relay restore <ref>            bring it back, here or elsewhere",
                        "  session-relay list                     what is kept",
                        "",
                        "Exit codes: 0 done, 1 nothing found, 2 bad usage or input, 3 not allowed, 4 conflict,",
                        "5 store or disk out of reach, 6 damaged or untrusted content, 70 a bug of ours");

        private int call() {
            throw verb.incomplete("which verb? Try save, restore, find, list, show or delete");
        }
    }
}
