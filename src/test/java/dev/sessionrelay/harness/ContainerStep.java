package dev.sessionrelay.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One start of the action's image, with the command line that the runner makes for it. */
record ContainerStep(
        Runner runner,
        Map<String, String> environment,
        Optional<String> entrypoint,
        List<String> arguments,
        boolean withEngine) {

    Command start(Optional<String> network) throws IOException {
        Map<String, String> inside = translated();
        var line = new ArrayList<>(List.of(
                docker(),
                "run",
                "--name",
                name(),
                "--label",
                "relay-harness",
                "--workdir",
                "/github/workspace",
                "--rm"));
        // The values go through the client's environment, and so may have line ends.
        inside.keySet().forEach(name -> line.addAll(List.of("-e", name)));
        line.addAll(List.of("-e", "GITHUB_ACTIONS=true"));
        if (!inside.containsKey("CI")) {
            line.addAll(List.of("-e", "CI=true"));
        }
        entrypoint.ifPresent(program -> line.addAll(List.of("--entrypoint", program)));
        network.ifPresent(name -> line.addAll(List.of("--network", name)));
        line.addAll(List.of("-v", (withEngine ? "/var/run/docker.sock:" : "") + "/var/run/docker.sock"));
        mounts().forEach((target, source) -> line.addAll(List.of("-v", source + ":" + target)));
        line.add(RelayImage.name());
        line.addAll(arguments);
        var client = new LinkedHashMap<String, String>();
        client.put("PATH", Command.path());
        client.putAll(inside);
        return Command.start(line, runner.workspace(), client);
    }

    /**
     * As the hooks for Kubernetes do: a pod that only waits, copies of the job's folders in it, and a script that moves
     * them to where they belong and starts the program. The pod's end is the end of all that was written there.
     */
    Command startInPod() throws IOException {
        Map<String, String> inside = translated();
        inside.put("GITHUB_ACTIONS", "true");
        inside.putIfAbsent("CI", "true");
        String pod = name();
        Command.run(
                docker(),
                "create",
                "--name",
                pod,
                "--rm",
                "--label",
                "relay-harness",
                "--workdir",
                "/__w",
                "-e",
                "KUBERNETES_SERVICE_HOST=10.96.0.1",
                "-e",
                "KUBERNETES_SERVICE_PORT=443",
                "-v",
                "/__e",
                "-v",
                "/__w",
                "-v",
                "/github",
                "--entrypoint",
                "tail",
                RelayImage.name(),
                "-f",
                "/dev/null");
        Command.run(docker(), "start", pod);
        Command.run(docker(), "cp", "-a", runner.temp().getParent() + "/.", pod + ":/__w");
        Path script = Files.writeString(Files.createTempFile("relay-pod-", ".sh"), podScript(inside));
        Command.run(docker(), "cp", script.toString(), pod + ":/__w/_temp/step.sh");
        Files.delete(script);
        return Command.start(
                List.of(
                        "sh",
                        "-c",
                        "\"$0\" exec \"$1\" sh -e /__w/_temp/step.sh; status=$?; \"$0\" kill \"$1\" >/dev/null; exit $status",
                        docker(),
                        pod),
                Path.of("/"),
                Map.of("PATH", Command.path()));
    }

    private String podScript(Map<String, String> inside) {
        var line = new StringBuilder("exec env");
        inside.forEach((name, value) -> line.append(" \"")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('"'));
        line.append(' ').append(entrypoint.orElseThrow());
        arguments.forEach(argument -> line.append(' ').append(argument));
        return """
                #!/bin/sh -l
                rm "$0" # remove script after running
                mv /__w/_temp/_github_home /github/home && \\
                mv /__w/_temp/_github_workflow /github/workflow && \\
                mv /__w/_temp/_runner_file_commands /github/file_commands || true && \\
                mv /__w/my.repo_x/my.repo_x/ /github/workspace && \\
                cd /github/workspace && \\
                %s
                """.formatted(line);
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`");
    }

    private Map<String, String> translated() throws IOException {
        var all = new LinkedHashMap<>(environment);
        all.put("HOME", runner.makeFolder(runner.githubHome()).toString());
        all.put("ACTIONS_RUNTIME_URL", "https://pipelines.actions.example/");
        all.put("ACTIONS_RUNTIME_TOKEN", "eyNotAToken");
        all.put("ACTIONS_RESULTS_URL", "https://results.actions.example/");
        PathMapping paths = new PathMapping();
        mounts().forEach((target, source) -> paths.add(source, target));
        all.replaceAll((_, value) -> paths.translate(value));
        return all;
    }

    /** In the runner's order, which decides how paths are translated. */
    private Map<String, Path> mounts() {
        var mounts = new LinkedHashMap<String, Path>();
        mounts.put("/github/runner_temp", runner.temp());
        mounts.put("/github/home", runner.githubHome());
        mounts.put("/github/workflow", runner.temp().resolve("_github_workflow"));
        mounts.put("/github/file_commands", runner.temp().resolve("_runner_file_commands"));
        mounts.put("/github/workspace", runner.workspace());
        return mounts;
    }

    private static String name() {
        return "relay_harness_" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** By its path: among the variables that the client gets may be a {@code PATH} that leads nowhere. */
    static String docker() {
        return Path.of("/usr/bin/docker").toFile().canExecute() ? "/usr/bin/docker" : "/usr/local/bin/docker";
    }
}
