package dev.sessionrelay.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workflow of one job, as its file says it. Its steps run one after the other by the runner's rules: our own action
 * from this working tree's image, scripts as they stand, and an action of somebody else's as the script of its name
 * plays it.
 */
public record Workflow(String name, JsonNode job) {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Pattern OWN =
            Pattern.compile("(?:\\.|session-relay/session-relay)(/save|/restore)?/?(?:@v1)?");

    /** @param file from the project's folder on */
    public static Workflow read(String file) throws IOException {
        JsonNode workflow = new YAMLMapper().readTree(PROJECT.resolve(file).toFile());
        JsonNode jobs = workflow.path("jobs");
        if (jobs.size() != 1 || workflow.has("concurrency")) {
            throw new AssertionError(file + " should have one job, and that job the concurrency");
        }
        return new Workflow(file, jobs.elements().next());
    }

    /** Whether the job runs for this event at all. */
    public boolean isFor(RunnerJob runs) {
        return Expressions.allows(job.path("if").asText("true"), runs);
    }

    /** The group that the job waits in. */
    public String group(RunnerJob runs) {
        return runs.evaluate(job.path("concurrency").path("group").asText());
    }

    /**
     * Runs the job to its end, with all that its steps left for then. The results are in the order in which they
     * came.
     */
    public List<StepResult> run(RunnerJob runs) throws IOException {
        if (!isFor(runs)) {
            throw new AssertionError(name + " would not run");
        }
        texts(job.path("env")).forEach((variable, value) -> runs.env(variable, runs.evaluate(value)));
        List<StepResult> results = new ArrayList<>();
        for (JsonNode described : job.path("steps")) {
            if (Expressions.allows(described.path("if").asText("true"), runs)) {
                String id = described.path("id").asText("__" + results.size());
                results.add(step(described, runs.step(id), runs).run());
            }
        }
        results.addAll(runs.end());
        return results;
    }

    private static Step step(JsonNode described, Step step, RunnerJob runs) throws IOException {
        texts(described.path("env")).forEach((variable, value) -> step.env(variable, runs.evaluate(value)));
        Map<String, String> inputs = texts(described.path("with"));
        if (described.has("run")) {
            return step.shell(described.path("run").asText());
        }
        String uses = described.path("uses").asText();
        Matcher own = OWN.matcher(uses);
        if (own.matches()) {
            inputs.forEach(step::with);
            return step.uses(own.group(1) == null ? "." : "." + own.group(1));
        }
        inputs.forEach((input, value) ->
                step.env("INPUT_" + input.toUpperCase(Locale.ROOT).replace('-', '_'), runs.evaluate(value)));
        return step.shell(played(uses.replaceFirst("@.*", "")));
    }

    /** The script that plays an action of somebody else's. */
    private static String played(String action) throws IOException {
        String file = "actions/" + action.replace('/', '-') + ".sh";
        try (InputStream script = Workflow.class.getResourceAsStream(file)) {
            if (script == null) {
                throw new AssertionError("the harness cannot play " + action);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
