package dev.sessionrelay.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
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
public final class RunnerJob implements AutoCloseable, Expressions.Context {
    static final String TOKEN = "ghs_notAToken0123456789abcdefghijklmnopq";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Runner runner;
    private final Map<String, String> github = new LinkedHashMap<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, StepResult> results = new HashMap<>();
    private final Deque<Step> posts = new ArrayDeque<>();
    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final ObjectNode event;
    private String token = TOKEN;
    private Optional<Path> programs = Optional.empty();
    private Optional<String> network = Optional.empty();
    private boolean failed;
    private Optional<JobContainer> container = Optional.empty();
    private boolean inKubernetes;
    private boolean withEngine = true;

    RunnerJob(Runner runner, Event event) {
        this.runner = runner;
        this.event = event.payload();
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

    public RunnerJob env(String name, String value) {
        env.put(name, value);
        return this;
    }

    /** A GitHub on this machine; its actions' containers share this machine's network, to reach it. */
    public RunnerJob on(String server, String api, String token) {
        github.put("server_url", server);
        github.put("api_url", api);
        this.token = token;
        network = Optional.of("host");
        return this;
    }

    public RunnerJob input(String name, String value) {
        inputs.put(name, value);
        return this;
    }

    public RunnerJob secret(String name, String value) {
        secrets.put(name, value);
        return this;
    }

    /** A folder with programs that the job's scripts find before all others. */
    public RunnerJob programs(Path folder) {
        programs = Optional.of(folder);
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

    /** Starts the last of what is due at the job's end, to cancel it. */
    Step.Running startLast() throws IOException {
        return posts.pop().startPost();
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
        failed |= !results.containsKey(step.id()) && !result.succeeded();
        results.merge(step.id(), result, (main, _) -> main);
        env.putAll(result.env());
    }

    public String evaluate(String text) {
        return Expressions.fill(text, this);
    }

    @Override
    public boolean succeeded() {
        return !failed;
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
        return inKubernetes
                ? step.startInPod()
                : step.start(container.map(JobContainer::network).or(() -> network));
    }

    Command startScript(String script, Map<String, String> environment) {
        environment.put("GITHUB_ACTIONS", "true");
        environment.putIfAbsent("CI", "true");
        if (container.isPresent()) {
            return container.get().start(script, environment);
        }
        environment.putIfAbsent("PATH", programs.map(folder -> folder + ":").orElse("") + Command.path());
        environment.put("HOME", runner.home().toString());
        environment.put("USER", runner.user().name());
        environment.putIfAbsent("LANG", "C.UTF-8");
        var line = new ArrayList<>(runner.user().become());
        line.addAll(List.of("bash", "-e", "-c", script));
        return Command.start(line, runner.workspace(), environment);
    }

    /** What a name in an expression stands for; nothing, when nothing is known of it. */
    @Override
    public JsonNode value(String name) {
        String[] parts = name.split("\\.", 4);
        return switch (parts[0]) {
            case "steps" ->
                NODES.textNode(Optional.ofNullable(results.get(parts[1]))
                        .map(result -> result.output(parts[3]))
                        .orElse(""));
            case "env" -> NODES.textNode(env.getOrDefault(parts[1], ""));
            case "inputs" -> NODES.textNode(inputs.getOrDefault(parts[1], ""));
            case "secrets" -> NODES.textNode(secrets.getOrDefault(parts[1], ""));
            case "github" -> github(parts[1], name);
            case "runner" ->
                NODES.textNode(parts[1].equals("temp") ? runner.temp().toString() : "");
            case "job" ->
                NODES.textNode(
                        name.equals("job.container.id")
                                ? container.map(JobContainer::id).orElse("")
                                : "");
            default -> throw new IllegalArgumentException("the harness knows no " + name);
        };
    }

    private JsonNode github(String field, String name) {
        return switch (field) {
            case "token" -> NODES.textNode(token);
            case "event" -> event.at(name.substring("github.event".length()).replace('.', '/'));
            default -> NODES.textNode(github.getOrDefault(field, ""));
        };
    }
}
