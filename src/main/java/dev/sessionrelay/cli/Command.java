package dev.sessionrelay.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * A word of the command line: what it does, what may stand behind it, and what its help says. Options are declared as
 * values, for to read them from annotations takes longer than most verbs take in all.
 */
final class Command {
    private final CommandSpec spec;

    Command(String description, Callable<Integer> action) {
        spec = CommandSpec.wrapWithoutInspection(action).versionProvider(new VersionText());
        spec.usageMessage().description(description);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
    }

    /** Whether an option without a value was given. */
    record Flag(ArgSpec spec) {
        boolean isGiven() {
            return Boolean.TRUE.equals(spec.getValue());
        }
    }

    /** What was given with an option, or as an argument, that may be left out. */
    record Given<T>(ArgSpec spec) {
        Optional<T> value() {
            return Optional.ofNullable(spec.getValue());
        }

        boolean isGiven() {
            return value().isPresent();
        }
    }

    /** What has to be given, so that nothing is run without. */
    record Needed<T>(ArgSpec spec) {
        T value() {
            return Objects.requireNonNull(spec.<T>getValue());
        }
    }

    CommandSpec spec() {
        return spec;
    }

    Command examples(String... lines) {
        spec.usageMessage().footerHeading("%nExamples:%n").footer(lines);
        return this;
    }

    /** A verb that comes behind this one. */
    Command with(String name, Command verb) {
        spec.addSubcommand(name, verb.spec);
        return this;
    }

    Flag flag(String name, String description) {
        return new Flag(add(option(name, description).type(boolean.class)));
    }

    Given<String> text(String name, String label, String description) {
        return text(List.of(name), label, description);
    }

    /** @param names which all mean the same */
    Given<String> text(List<String> names, String label, String description) {
        return new Given<>(add(OptionSpec.builder(names.toArray(String[]::new))
                .description(description)
                .paramLabel(label)
                .type(String.class)));
    }

    Needed<String> neededText(String name, String label, String description) {
        return new Needed<>(add(
                option(name, description).paramLabel(label).type(String.class).required(true)));
    }

    /** An option that may be given several times. */
    Given<List<String>> texts(String name, String label, String description) {
        return new Given<>(
                add(option(name, description).paramLabel(label).type(List.class).auxiliaryTypes(String.class)));
    }

    Given<Path> path(String name, String label, String description) {
        return new Given<>(add(option(name, description).paramLabel(label).type(Path.class)));
    }

    Given<String> argument(String label, String description) {
        return new Given<>(add(argument(0, false, label, description).type(String.class)));
    }

    Needed<String> neededArgument(int index, String label, String description) {
        return new Needed<>(add(argument(index, true, label, description).type(String.class)));
    }

    Needed<Path> neededPath(String label, String description) {
        return new Needed<>(add(argument(0, true, label, description).type(Path.class)));
    }

    /** That the verb alone says too little. */
    ParameterException incomplete(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static OptionSpec.Builder option(String name, String description) {
        return OptionSpec.builder(name).description(description);
    }

    private static PositionalParamSpec.Builder argument(int index, boolean needed, String label, String description) {
        return PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .arity(needed ? "1" : "0..1")
                .required(needed)
                .paramLabel(label)
                .description(description);
    }

    private ArgSpec add(OptionSpec.Builder option) {
        OptionSpec built = option.build();
        spec.addOption(built);
        return built;
    }

    private ArgSpec add(PositionalParamSpec.Builder argument) {
        PositionalParamSpec built = argument.build();
        spec.addPositional(built);
        return built;
    }
}
