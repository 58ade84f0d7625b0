package dev.sessionrelay.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@code action.yml} of this project, as far as the runner reads it. */
record ActionFile(
        Map<String, String> defaults,
        Optional<String> entrypoint,
        Optional<String> postEntrypoint,
        List<String> args,
        Map<String, String> environment) {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    /** @param uses as a workflow of this project names it: {@code .} or {@code ./save} */
    static ActionFile read(String uses) throws IOException {
        Path file = PROJECT.resolve(uses).normalize().resolve("action.yml");
        JsonNode action = new YAMLMapper().readTree(file.toFile());
        JsonNode runs = action.path("runs");
        if (!runs.path("using").asText().equals("docker")) {
            throw new AssertionError(file + " is no container action");
        }
        Path image = file.resolveSibling(runs.path("image").asText()).normalize();
        if (!Files.isSameFile(image, PROJECT.resolve("Dockerfile"))) {
            throw new AssertionError(file + " names another Dockerfile: " + image);
        }
        var defaults = new LinkedHashMap<String, String>();
        action.path("inputs")
                .properties()
                .forEach(input -> defaults.put(
                        input.getKey(), input.getValue().path("default").asText("")));
        var environment = new LinkedHashMap<String, String>();
        runs.path("env")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return new ActionFile(
                defaults,
                text(runs, "entrypoint"),
                text(runs, "post-entrypoint"),
                runs.path("args").valueStream().map(JsonNode::asText).toList(),
                environment);
    }

    private static Optional<String> text(JsonNode runs, String name) {
        return Optional.ofNullable(runs.path(name).textValue());
    }
}
