package dev.sessionrelay;

import dev.sessionrelay.action.ActionFace;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.cli.Cli;
import dev.sessionrelay.cli.CliContext;
import dev.sessionrelay.text.mask.MaskedStream;
import dev.sessionrelay.text.mask.Masks;
import java.util.Arrays;
import java.util.List;

/** The beginning: hands this process's world to the face that fits. On a runner the first argument says so. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        List<String> given = Arrays.asList(arguments);
        // For what is printed beside the faces, as of a thread that ends.
        System.setErr(MaskedStream.around(System.err, Masks.of(System.getenv(), given, List.of())));
        boolean onRunner = !given.isEmpty() && given.getFirst().equals("action");
        System.exit(
                onRunner
                        ? ActionFace.run(ActionContext.ofThisProcess(), given.subList(1, given.size()))
                        : Cli.run(CliContext.ofThisProcess(), arguments));
    }
}
