package dev.sessionrelay.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** The container that a job with {@code container:} runs its scripts in. */
final class JobContainer implements AutoCloseable {
    private final Runner runner;
    private final Network network = Network.newNetwork();
    private final GenericContainer<?> container;

    private JobContainer(Runner runner, String image) throws IOException {
        this.runner = runner;
        Path temp = runner.temp();
        this.container = new GenericContainer<>(image)
                .withNetwork(network)
                .withFileSystemBind(temp.getParent().toString(), "/__w", BindMode.READ_WRITE)
                .withFileSystemBind(
                        runner.makeFolder(runner.githubHome()).toString(), "/github/home", BindMode.READ_WRITE)
                .withFileSystemBind(
                        temp.resolve("_github_workflow").toString(), "/github/workflow", BindMode.READ_WRITE)
                .withEnv("HOME", "/github/home")
                .withCreateContainerCmdModifier(create -> create.withEntrypoint("tail"))
                .withCommand("-f", "/dev/null");
    }

    static JobContainer start(Runner runner, String image) throws IOException {
        var started = new JobContainer(runner, image);
        started.container.start();
        return started;
    }

    String id() {
        return container.getContainerId();
    }

    String network() {
        return network.getId();
    }

    /** Runs a script in there, with the paths as they are in there. */
    Command start(String script, Map<String, String> environment) {
        var paths = new PathMapping()
                .add(runner.temp().getParent(), "/__w")
                .add(runner.githubHome(), "/github/home")
                .add(runner.temp().resolve("_github_workflow"), "/github/workflow");
        var inside = new LinkedHashMap<>(environment);
        inside.replaceAll((_, value) -> paths.translate(value));
        inside.put("HOME", "/github/home");
        var line = new ArrayList<>(List.of(
                ContainerStep.docker(),
                "exec",
                "--workdir",
                paths.translate(runner.workspace().toString())));
        inside.keySet().forEach(name -> line.addAll(List.of("-e", name)));
        line.addAll(List.of(id(), "sh", "-e", "-c", script));
        inside.putIfAbsent("PATH", Command.path());
        return Command.start(line, Path.of("/"), inside);
    }

    @Override
    public void close() {
        container.stop();
        network.close();
    }
}
