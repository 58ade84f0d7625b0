package dev.sessionrelay.action.runner;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.text.mask.Masks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * The files through which a step tells the runner its outputs, variables, state and summary. Every value stands between
 * two lines that nobody can foresee, so that no value can pretend to be another name.
 */
public final class FileCommands {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final ActionContext runner;
    private final Masks masks;

    public FileCommands(ActionContext runner) {
        this.runner = runner;
        this.masks = runner.masks();
    }

    public void output(String name, String value) {
        set("GITHUB_OUTPUT", name, value);
    }

    public void variable(String name, String value) {
        set("GITHUB_ENV", name, value);
    }

    void state(String name, String value) {
        set("GITHUB_STATE", name, value);
    }

    public void summary(String markdown) {
        append("GITHUB_STEP_SUMMARY", markdown);
    }

    private void set(String file, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(name);
        }
        String word = WorkflowCommands.randomWord();
        while (value.contains(word)) {
            word = WorkflowCommands.randomWord();
        }
        append(file, name + "<<" + word + "\n" + value + "\n" + word + "\n");
    }

    private void append(String variable, String text) {
        Path file = Path.of(runner.variable(variable)
                .orElseThrow(() -> Failure.badInput(
                        "this is not a step of a GitHub job: " + variable + " is not set",
                        "on a terminal, use the command line: `session-relay --help`")));
        try {
            PlainFile.requireFit(file, Long.MAX_VALUE);
            Files.writeString(
                    file, masks.in(text), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Failure.ofDisk("tell the runner through " + variable, file, e);
        }
    }
}
