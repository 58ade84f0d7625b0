package dev.sessionrelay.cli;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.redact.OwnRules;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.text.SafeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The options about secrets, the same for every verb that looks for them. */
final class RedactOptions {
    private final Command.Given<String> how;
    private final Command.Flag fail;

    RedactOptions(Command verb) {
        how = verb.text(
                "--redact",
                "<how>",
                "Secrets: on replaces them (default), report only lists them, off does not look. Values"
                        + " that are secret and do not look it stand in SESSION_RELAY_SECRETS, one per line.");
        fail = verb.flag("--fail-on-secrets", "Stop, with exit code 3, when there is any secret.");
    }

    Redaction redaction(CliContext world, Path folder) {
        Redaction.Mode mode = mode();
        return mode == Redaction.Mode.OFF ? Redaction.NONE : looking(world, folder, mode);
    }

    Redaction.Mode mode() {
        String text = how.value().orElse("on");
        Redaction.Mode mode = switch (text) {
            case "on" -> Redaction.Mode.ON;
            case "report" -> Redaction.Mode.REPORT;
            case "off" -> Redaction.Mode.OFF;
            default ->
                throw Failure.badInput(
                        "--redact \"" + SafeText.of(text, 80) + "\" is not known", "give on, report or off");
        };
        if (mode == Redaction.Mode.OFF && fail.isGiven()) {
            throw Failure.badInput(
                    "--redact off and --fail-on-secrets exclude each other",
                    "with --redact report, nothing is changed");
        }
        return mode;
    }

    /**
     * What is secret and does not look it is told in a variable, since arguments are seen by all users of the
     * machine.
     */
    static Redaction looking(CliContext world, Path folder, Redaction.Mode mode) {
        Map<String, String> environment = world.environment();
        OwnRules own = OwnRules.in(folder, environment);
        own.passedOver()
                .forEach(what -> world.err()
                        .println("warning: " + OwnRules.FILE
                                + " is the checkout's, so on a runner it may only add rules; passed over: " + what));
        Redaction redaction = new Redaction(mode, own, environment, told(environment));
        redaction.notes().forEach(note -> world.err().println("secrets: " + note));
        return redaction;
    }

    /** For what is shown of sessions. */
    static Redaction forShowing(CliContext world) {
        return Redaction.forShowing(world.environment(), told(world.environment()));
    }

    private static List<String> told(Map<String, String> environment) {
        return environment.getOrDefault("SESSION_RELAY_SECRETS", "").lines().toList();
    }

    boolean fails() {
        return fail.isGiven();
    }
}
