package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.checkout.NearCheckout;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.http.WebOrigin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a store may know of where the program runs.
 *
 * @param options what the user said of the store, by the option's name without dashes
 * @param told takes what a person should know while it goes on; loudly what begins with {@link #WARNING}
 */
public record StoreContext(
        Map<String, String> environment, Path workingFolder, Map<String, String> options, Consumer<String> told) {
    /** What is said so is more than a word on the way. */
    public static final String WARNING = "warning: ";

    private static final String PLACE = "place";

    public StoreContext {
        environment = Map.copyOf(environment);
        options = Map.copyOf(options);
    }

    /** Where nobody listens. */
    public StoreContext(Map<String, String> environment, Path workingFolder, Map<String, String> options) {
        this(environment, workingFolder, options, line -> {});
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isBlank());
    }

    /** The same for a store that was named with its place. */
    public StoreContext at(String place) {
        if (place.isBlank()) {
            return this;
        }
        Map<String, String> more = new HashMap<>(options);
        more.put(PLACE, place);
        return new StoreContext(environment, workingFolder, more, told);
    }

    /** Where the secrets may go: a place that was named gets its own, and a ref or a checkout names none. */
    public Credentials credentials() {
        Optional<WebOrigin> named = option(PLACE)
                .flatMap(WebOrigin::ofRepository)
                .or(() -> option("repository").flatMap(WebOrigin::ofRepository));
        return Credentials.of(environment, option("token"), named);
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

    /**
     * The repository that a place in {@code --store <scheme>:<place>} names; where it names none, {@link
     * #repository}.
     */
    public String repositoryIn(String place, String scheme) {
        return Optional.of(place)
                .filter(given -> !given.isBlank())
                .or(this::repository)
                .orElseThrow(() -> Failure.badInput(
                        "cannot tell which repository to keep sessions in: this folder was not cloned from any",
                        "name one, as in --store " + scheme + ":owner/name, or a folder, as in --store folder:/path"));
    }

    /** The environment and the options may hold a token. */
    @Override
    public String toString() {
        return "what is around " + workingFolder;
    }
}
