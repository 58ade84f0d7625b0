package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code session-relay <verb> …}. The one place where a failure becomes words and an exit code.
 *
 * <p>How messages are written: what happened and why in one sentence that begins in lower case and has no full stop, and
 * below it, indented, what to do next. Never a stack trace, never a secret.
 */
public final class CommandLineFace {
    private CommandLineFace() {}

    public static int run(World world, String... arguments) {
        CommandLine commands = new CommandLine(new Root());
        verbs(world, arguments).forEach(commands::addSubcommand);
        Optional.ofNullable(commands.getSubcommands().get(PlanCommand.NAME))
                .ifPresent(plan -> PlanCommand.verbs(world).forEach(plan::addSubcommand));
        commands.setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, given) -> explainUsage(world, error))
                .setExecutionExceptionHandler((error, command, parsed) -> explain(world, error, List.of(arguments)));
        return commands.execute(arguments);
    }

    /** Those that are needed to understand the first argument: reading the options of all takes longer than most do. */
    private static List<Object> verbs(World world, String... arguments) {
        List<Object> all = List.of(
                new SaveCommand(world),
                new RestoreCommand(world),
                new FindCommand(world),
                new ListCommand(world),
                new ShowCommand(world),
                new CheckCommand(world),
                new HistoryCommand(world),
                new MoveCommand(world),
                new DeleteCommand(world),
                new ScanCommand(world),
                new PlanCommand(),
                new CompletionCommand(world));
        String first = arguments.length == 0 ? "" : arguments[0];
        return switch (first) {
            case "--version", "-V" -> List.of();
            case "completion" -> all;
            default ->
                all.stream()
                        .filter(verb -> verb.getClass()
                                .getAnnotation(Command.class)
                                .name()
                                .equals(first))
                        .findFirst()
                        .map(List::of)
                        .orElse(all);
        };
    }

    private static int explainUsage(World world, ParameterException error) {
        CommandLine command = error.getCommandLine();
        world.err().println("session-relay: " + Printable.of(String.valueOf(error.getMessage()), 500));
        if (!UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            world.err()
                    .println("  `" + world.command()
                            + command.getCommandSpec().qualifiedName().replaceFirst("^\\S+", "")
                            + " --help` shows what it takes");
        }
        return ExitCode.BAD_INPUT.number();
    }

    private static int explain(World world, Exception error, List<String> arguments) {
        Failure failure = switch (error) {
            case Failure known -> known;
            case InvalidPathException path -> unspeakable(path);
            default -> ourBug(error);
        };
        if ("1".equals(world.environment().get("SESSION_RELAY_DEBUG"))) {
            error.printStackTrace(world.err());
        }
        if (arguments.contains("--json")) {
            ObjectNode answer = Json.object();
            answer.put("success", false);
            answer.put("exit_code", failure.exitCode().number());
            answer.put("error", failure.getMessage());
            answer.put("next", failure.next());
            world.out().println(answer);
        } else {
            world.err().println("session-relay: " + failure.inWords());
        }
        return failure.exitCode().number();
    }

    /** Java names files in the locale's encoding, and the C locale has no more than ASCII. */
    private static Failure unspeakable(InvalidPathException error) {
        return new Failure(
                ExitCode.BAD_INPUT,
                "\"" + Printable.of(error.getInput(), 200) + "\" cannot be named as a path here: "
                        + Printable.of(error.getReason(), 200),
                "when it has letters beyond ASCII, set LC_ALL=C.UTF-8 and run this again",
                error);
    }

    private static Failure ourBug(Exception error) {
        return new Failure(
                ExitCode.OUR_BUG,
                "this is a bug in session-relay: " + Printable.of(String.valueOf(error), 300),
                "please report it, with what SESSION_RELAY_DEBUG=1 prints when you run this again",
                error);
    }

    @Command(
            name = "session-relay",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Carries a Claude Code conversation from one machine to another.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  session-relay save                     keep this folder's newest session",
                "  session-relay restore <ref>            bring it back, here or elsewhere",
                "  session-relay list                     what is kept",
                "",
                "Exit codes: 0 done, 1 nothing found, 2 bad usage or input, 3 not allowed, 4 conflict,",
                "5 store or disk out of reach, 6 damaged or untrusted content, 70 a bug of ours"
            })
    static final class Root implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(), "which verb? Try save, restore, find, list, show or delete");
        }
    }

    @Command(
            name = "completion",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Prints a completion script for bash and zsh.",
            footerHeading = "%nExamples:%n",
            footer = {"  source <(session-relay completion)"})
    static final class CompletionCommand implements Runnable {
        private final World world;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        CompletionCommand(World world) {
            this.world = world;
        }

        @Override
        public void run() {
            world.out().print(AutoComplete.bash("session-relay", spec.root().commandLine()));
        }
    }
}
