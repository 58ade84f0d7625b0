package dev.sessionrelay.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a store may know of where the program runs.
 *
 * @param options what the user said of the store, by the option's name without dashes
 */
public record Surroundings(Map<String, String> environment, Path workingFolder, Map<String, String> options) {
    public Surroundings {
        environment = Map.copyOf(environment);
        options = Map.copyOf(options);
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isBlank());
    }
}
