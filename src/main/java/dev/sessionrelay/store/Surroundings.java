package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a store may know of where the program runs.
 *
 * @param options what the user said of the store, by the option's name without dashes
 * @param told takes what a person should know while it goes on
 */
public record Surroundings(
        Map<String, String> environment, Path workingFolder, Map<String, String> options, Consumer<String> told) {
    public Surroundings {
        environment = Map.copyOf(environment);
        options = Map.copyOf(options);
    }

    /** Where nobody listens. */
    public Surroundings(Map<String, String> environment, Path workingFolder, Map<String, String> options) {
        this(environment, workingFolder, options, line -> {});
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isBlank());
    }

    public boolean isOn(String option) {
        return option(option).filter("true"::equals).isPresent();
    }

    public NearCheckout checkout() {
        return NearCheckout.of(workingFolder);
    }

    /** The repository that was named, else the run's, else the one that the working folder was cloned from. */
    public Optional<String> repository() {
        return option("repository")
                .or(() -> variable("GITHUB_REPOSITORY"))
                .or(() -> checkout().originUrl());
    }

    /** The repository that a place in {@code --store <scheme>:<place>} names; where it names none, {@link #repository}. */
    public String repositoryIn(String place, String scheme) {
        return Optional.of(place)
                .filter(given -> !given.isBlank())
                .or(this::repository)
                .orElseThrow(() -> Failure.badInput(
                        "cannot tell which repository to keep sessions in: this folder was not cloned from any",
                        "name one, as in --store " + scheme + ":owner/name, or a folder, as in --store folder:/path"));
    }
}
