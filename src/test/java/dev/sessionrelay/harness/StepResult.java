package dev.sessionrelay.harness;

import java.time.Duration;
import java.util.Map;

/**
 * What a step left behind.
 *
 * @param said all that it printed, before the runner made anything of it
 * @param env what it exported for later steps
 */
public record StepResult(
        int exit,
        String said,
        Map<String, String> outputs,
        Map<String, String> env,
        Map<String, String> state,
        String summary,
        Duration took) {

    boolean succeeded() {
        return exit == 0;
    }

    public String output(String name) {
        return outputs.getOrDefault(name, "");
    }

    CommandLog log() {
        return new CommandLog(said.lines().toList());
    }

    /** All that one wants to see in a failed test. */
    public String told() {
        return "exit " + exit + ", outputs " + outputs + ", env " + env + "\n" + said;
    }
}
