package dev.sessionrelay.action.home;

import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The runner's Kubernetes mode runs a container action in a pod of its own: the runner's folders are copied into it,
 * and nothing is copied back. Sessions restored there, outputs and variables would all be lost without a word.
 */
public final class Kubernetes {
    private Kubernetes() {}

    public static void refuse(ActionContext runner) {
        // A runner with a Docker engine always shares its socket, at least as a name.
        boolean noSocket = !Files.exists(runner.dockerSocket());
        boolean inPod = runner.variable("KUBERNETES_SERVICE_HOST").isPresent();
        boolean noTemp = runner.variable("RUNNER_TEMP")
                .filter(temp -> !Files.isDirectory(Path.of(temp)))
                .isPresent();
        if (noSocket && (inPod || noTemp)) {
            throw Failure.badInput(
                    "this runner is in Kubernetes mode, where nothing that a container action writes is kept: the session"
                            + " could be neither restored nor saved",
                    "use runners with a Docker engine (containerMode dind), or run the command line in a step of the job:"
                            + " `session-relay restore` and `session-relay save`");
        }
    }
}
