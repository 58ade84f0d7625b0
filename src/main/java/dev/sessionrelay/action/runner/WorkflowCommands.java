package dev.sessionrelay.action.runner;

import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.text.mask.MaskedStream;
import dev.sessionrelay.text.mask.Masks;
import java.io.PrintStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;

/** Writes the job's log, which the runner reads line by line for commands. */
public final class WorkflowCommands {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_LINE = 2000;

    private final PrintStream out;
    private final PrintStream unmasked;

    public WorkflowCommands(PrintStream out) {
        this(out, out);
    }

    /** What the runner is told to mask has to reach it as it is. */
    public static WorkflowCommands masked(PrintStream runner, Masks masks) {
        return new WorkflowCommands(MaskedStream.around(runner, masks), runner);
    }

    private WorkflowCommands(PrintStream out, PrintStream unmasked) {
        this.out = out;
        this.unmasked = unmasked;
    }

    /** Words of our own. What looks like a command all the same, perhaps in the name of a branch, is broken up. */
    public void log(String line) {
        String safe = SafeText.of(line, LONGEST_LINE).replace("##[", "## [");
        out.println(safe.startsWith("::") ? ": :" + safe.substring(2) : safe);
    }

    /** Lines that hold text from a session: no command in them is obeyed. */
    public void quote(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        String word = randomWord();
        out.println("::stop-commands::" + word);
        lines.forEach(line -> out.println(SafeText.of(line, LONGEST_LINE)));
        out.println("::" + word + "::");
    }

    public void group(String title) {
        out.println("::group::" + data(title));
    }

    public void endGroup() {
        out.println("::endgroup::");
    }

    public void notice(String title, String message) {
        annotate("notice", title, message);
    }

    public void warning(String title, String message) {
        annotate("warning", title, message);
    }

    public void error(String title, String message) {
        annotate("error", title, message);
    }

    private void annotate(String level, String title, String message) {
        out.println("::" + level + " title=" + property(title) + "::" + data(message));
    }

    /** Keeps this value out of the log from here on. */
    public void mask(String secret) {
        if (!secret.isBlank()) {
            unmasked.println("::add-mask::" + data(secret));
        }
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** A word that nobody can have foreseen. */
    static String randomWord() {
        return "relay-" + new BigInteger(128, RANDOM).toString(36);
    }
}
