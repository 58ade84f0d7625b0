package dev.sessionrelay.harness;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One job on a {@link Runner}: steps one after the other, then what they left for the end, last come first. */
public final class RunnerJob implements AutoCloseable {
    static final String TOKEN = "ghs_notAToken0123456789abcdefghijklmnopq";

    private final Runner runner;
    private final Map<String, String> github = new LinkedHashMap<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, StepResult> results = new HashMap<>();
    private final Deque<Step> posts = new ArrayDeque<>();
    private Optional<JobContainer> container = Optional.empty();
    private boolean inKubernetes;
    private boolean withEngine = true;

    RunnerJob(Runner runner, Event event) {
        this.runner = runner;
        github.putAll(event.github());
        github.putAll(Map.ofEntries(
                Map.entry("action", "__session-relay"),
                Map.entry("actor", "octocat"),
                Map.entry("api_url", "https://api.github.com"),
                Map.entry(
                        "event_path",
                        runner.temp().resolve("_github_workflow/event.json").toString()),
                Map.entry("graphql_url", "https://api.github.com/graphql"),
                Map.entry("job", "claude"),
                Map.entry("repository", Event.REPOSITORY),
                Map.entry("repository_id", "1296269"),
                Map.entry("repository_owner", "octo-org"),
                Map.entry("repository_owner_id", "583231"),
                Map.entry("retention_days", "90"),
                Map.entry("run_attempt", "1"),
                Map.entry("run_id", "1658821493"),
                Map.entry("run_number", "3"),
                Map.entry("server_url", "https://github.com"),
                Map.entry("triggering_actor", "octocat"),
                Map.entry("workflow", "Claude"),
                Map.entry("workflow_ref", Event.REPOSITORY + "/.github/workflows/claude.yml@refs/heads/main"),
                Map.entry("workflow_sha", event.github().getOrDefault("sha", "")),
                Map.entry("workspace", runner.workspace().toString())));
    }

    /** {@code container:} — scripts run in there, as root, with their home at {@code /github/home}. */
    RunnerJob inContainer(String image) throws IOException {
        container = Optional.of(JobContainer.start(runner, image));
        return this;
    }

    /** Containers are pods that get copies of the job's folders, and nothing comes back out of them. */
    RunnerJob inKubernetes() {
        inKubernetes = true;
        return this;
    }

    /** The engine is elsewhere: at the socket's place in the action's container is an empty folder. */
    RunnerJob withoutEngine() {
        withEngine = false;
        return this;
    }

    RunnerJob env(String name, String value) {
        env.put(name, value);
        return this;
    }

    public Step step(String id) {
        return new Step(this, id);
    }

    /** Runs what is due at the job's end, and gives the results in that order. */
    public List<StepResult> end() throws IOException {
        var ended = new ArrayList<StepResult>();
        while (!posts.isEmpty()) {
            ended.add(posts.pop().startPost().await());
        }
        return ended;
    }

    /** Without another word: the folder that all steps shared is gone. */
    @Override
    public void close() throws IOException {
        container.ifPresent(JobContainer::close);
        runner.wipeTemp();
    }

    public Runner runner() {
        return runner;
    }

    void addPost(Step step) {
        posts.push(step);
    }

    void took(Step step, StepResult result) {
        results.merge(step.id(), result, (main, _) -> main);
        env.putAll(result.env());
    }

    String evaluate(String text) {
        return Expressions.evaluate(text, this::value);
    }

    /** All that a step sees beside what its world (host or container) gives. Paths are the host's. */
    Map<String, String> environment(StepFiles files, Map<String, String> own) {
        var all = new LinkedHashMap<>(env);
        all.putAll(own);
        github.forEach((name, value) -> all.put("GITHUB_" + name.toUpperCase(Locale.ROOT), value));
        all.putAll(files.environment());
        all.putAll(Map.of(
                "RUNNER_ARCH", "X64",
                "RUNNER_ENVIRONMENT", "github-hosted",
                "RUNNER_NAME", "stand-in",
                "RUNNER_OS", "Linux",
                "RUNNER_TEMP", runner.temp().toString(),
                "RUNNER_TOOL_CACHE", "/opt/hostedtoolcache",
                "RUNNER_WORKSPACE", runner.work().toString()));
        return all;
    }

    Command startContainer(Map<String, String> environment, Optional<String> entrypoint, List<String> arguments)
            throws IOException {
        var step = new ContainerStep(runner, environment, entrypoint, arguments, withEngine);
        return inKubernetes ? step.startInPod() : step.start(container.map(JobContainer::network));
    }

    Command startScript(String script, Map<String, String> environment) {
        environment.put("GITHUB_ACTIONS", "true");
        environment.putIfAbsent("CI", "true");
        if (container.isPresent()) {
            return container.get().start(script, environment);
        }
        environment.putIfAbsent("PATH", Command.path());
        environment.put("HOME", runner.home().toString());
        environment.put("USER", runner.user().name());
        environment.putIfAbsent("LANG", "C.UTF-8");
        var line = new ArrayList<>(runner.user().become());
        line.addAll(List.of("bash", "-e", "-c", script));
        return Command.start(line, runner.workspace(), environment);
    }

    /** What a name in an expression stands for; nothing, when nothing is known of it. */
    private String value(String name) {
        String[] parts = name.split("\\.", 4);
        return switch (parts[0]) {
            case "steps" ->
                Optional.ofNullable(results.get(parts[1]))
                        .map(result -> result.output(parts[3]))
                        .orElse("");
            case "env" -> env.getOrDefault(parts[1], "");
            case "github" -> parts[1].equals("token") ? TOKEN : github.getOrDefault(parts[1], "");
            case "runner" -> parts[1].equals("temp") ? runner.temp().toString() : "";
            case "job" ->
                name.equals("job.container.id")
                        ? container.map(JobContainer::id).orElse("")
                        : "";
            default -> throw new IllegalArgumentException("the harness knows no " + name);
        };
    }
}
