package dev.sessionrelay.action.home;

import dev.sessionrelay.action.docker.Engine;
import dev.sessionrelay.action.docker.HostFolders;
import dev.sessionrelay.action.docker.HostFolders.Binding;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.io.file.Owner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The user on the host who runs the runner: the one that the shared home belongs to. The host's own list says where
 * that user's home is.
 *
 * <p>A Docker engine may also serve a runner that is in a container itself. Then the engine's host is not the runner's,
 * and its users are others. So the home counts only when the runner is known to be on that host.
 */
final class HostUser {
    private final ActionContext runner;
    private final PathMapping places;
    private final Owner owner;

    HostUser(ActionContext runner, PathMapping places) throws IOException {
        this.runner = runner;
        this.places = places;
        this.owner = Owner.ofNearest(places.home());
    }

    Owner owner() {
        return owner;
    }

    /** GitHub's own machines are made in one way: their engine and their runner share the host. */
    private boolean isSurelyOnHost() {
        return runner.variable("RUNNER_ENVIRONMENT")
                .filter("github-hosted"::equals)
                .isPresent();
    }

    /** @throws IOException with words for the log, when the home cannot be known */
    String home(Engine engine, String image) throws IOException {
        Map<String, Binding> bindings = new LinkedHashMap<>();
        bindings.put("passwd", new Binding("/etc/passwd", true));
        bindings.put("runner", new Binding(places.runnerRoot().isEmpty() ? "/" : places.runnerRoot(), true));
        try (HostFolders host = HostFolders.bind(engine, image, bindings)) {
            ByteArrayOutputStream passwd = new ByteArrayOutputStream();
            host.visit("passwd", (entry, content) -> content.copyTo(passwd));
            String home = homeIn(passwd.toString(StandardCharsets.UTF_8), owner.uid())
                    .orElseThrow(() -> new IOException("the Docker engine's host knows no user " + owner.uid()));
            boolean isOnHost = isSurelyOnHost()
                    || places.runnerWorkspace().startsWith(home + "/")
                    || host.look("runner/bin/Runner.Listener").isPresent();
            if (!isOnHost) {
                throw new IOException("the Docker engine's host seems not to be the runner's machine");
            }
            return home;
        }
    }

    static Optional<String> homeIn(String passwd, int uid) {
        return passwd.lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 7 && fields[2].equals(Integer.toString(uid)))
                .map(fields -> fields[5])
                .filter(home -> home.startsWith("/") && !home.equals("/"))
                .findFirst();
    }
}
