package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.json.JsonTree;
import java.io.PrintStream;
import java.util.concurrent.Callable;

/** How the plan's commands answer, since scripts of erk's read them: JSON on stdout whatever happens, 1 on failure. */
record ErkAnswer(PrintStream out) {

    /** @param failed how erk's own message begins, if it does not say the reason alone */
    int give(String failed, Callable<String> answer) throws Exception {
        try {
            out.println(answer.call());
            return ExitCode.DONE.number();
        } catch (Failure failure) {
            ObjectNode refusal = JsonOutput.object().put("success", false);
            refusal.put("error", failed + failure.getMessage());
            if (!failure.next().isEmpty()) {
                refusal.put("next", failure.next());
            }
            out.println(JsonTree.printableText(refusal));
            return ExitCode.NOTHING_FOUND.number();
        }
    }
}
