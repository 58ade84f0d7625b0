package dev.sessionrelay.action;

import dev.sessionrelay.action.home.PathMapping;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.Event;
import dev.sessionrelay.action.runner.Inputs;
import dev.sessionrelay.action.runner.Secret;
import dev.sessionrelay.action.runner.StepMode;
import dev.sessionrelay.action.runner.WorkflowCommands;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.relay.trust.TrustOption;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.sealed.Sealing;
import dev.sessionrelay.stores.Stores;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which store the inputs mean, and whether a session may go there. {@code auto} is the place that the default token can
 * write and the public cannot read.
 */
final class StoreResolver {
    private final ActionContext runner;
    private final Inputs inputs;
    private final Event event;
    private final PathMapping places;
    private final WorkflowCommands log;

    StoreResolver(ActionContext runner, Inputs inputs, Event event, PathMapping places, WorkflowCommands log) {
        this.runner = runner;
        this.inputs = inputs;
        this.event = event;
        this.places = places;
        this.log = log;
    }

    /** The store to read from. Reading gives nothing away. */
    SessionStore toRead() {
        if (inputs.ref().isPresent()) {
            return sealing().around(Stores.openFor(asWeSeeIt(inputs.ref().get()), surroundings()));
        }
        return open();
    }

    /** The store to write to, unless a session would become public there. */
    SessionStore toWrite() {
        refusePublic();
        return open();
    }

    /** What the event tells can be said before the job's work is done. */
    void refusePublic() {
        if (scheme().equals("git") && isOwnRepository()) {
            new PublicAccessGuard(inputs.allowPublic())
                    .require(!inputs.encryptTo().isEmpty(), new OwnBranches(event));
        }
    }

    private record OwnBranches(Event event) implements PublicAccessGuard.GuardedPlace {
        @Override
        public String describe() {
            return event.repository() + " is public, so that everybody can read a branch of it";
        }

        @Override
        public String privateWays() {
            return "leave out store, and it goes to a draft release, which only people who may push can see; or keep it"
                    + " in a private repository (repository: owner/name with a token for it), or in a folder of a"
                    + " self-hosted runner (store: folder:<path>)";
        }

        @Override
        public boolean isPublic() {
            return event.visibility() == Event.Visibility.PUBLIC;
        }
    }

    /** A draft of a public repository is one press of a button away from everybody. */
    boolean advisesSealing(StoredSession stored) {
        boolean inPublic = inputs.store().equals("auto") || event.visibility() == Event.Visibility.PUBLIC;
        return inPublic
                && stored.ref().scheme().equals("release")
                && stored.manifest().seal().isEmpty();
    }

    private boolean isOwnRepository() {
        return inputs.repository().isEmpty() || inputs.repository().get().equalsIgnoreCase(event.repository());
    }

    private String scheme() {
        return inputs.store().equals("auto") && inputs.meansBranch()
                ? "git"
                : inputs.store().replaceFirst(":.*", "");
    }

    private SessionStore open() {
        String scheme = scheme();
        if (!scheme.equals("folder")) {
            return sealing().around(Stores.open(scheme, surroundings()));
        }
        String place = inputs.store().substring("folder:".length());
        return sealing().around(Stores.open("folder:" + shared(place), surroundings()));
    }

    private Sealing sealing() {
        return new Sealing(
                inputs.encryptTo().stream().map(this::asWeSeeFile).toList(),
                inputs.decryptKey().map(Secret::value).stream().toList(),
                inputs.signKey().map(Secret::value),
                surroundings());
    }

    /** Why a session may be restored. A ref comes from wherever the workflow took it: an issue's text, an input. */
    Trust trust() {
        boolean placeIsNamed =
                inputs.ref().isEmpty() || isInNamedFolder(inputs.ref().get());
        return trust(placeIsNamed);
    }

    /**
     * Why what is stored already may become a part of what is saved. The place is the workflow's own, whoever else is
     * trusted.
     */
    Trust trustToWrite() {
        return inputs.trust().startsWith("owner:") ? new Trust.Anyone() : trust(true);
    }

    /** Whether the workflow seals its sessions. The half that restores is told only what opens them. */
    boolean onlySealed() {
        boolean opensOnly =
                inputs.mode() == StepMode.RESTORE && inputs.decryptKey().isPresent();
        return opensOnly || !inputs.encryptTo().isEmpty();
    }

    private Trust trust(boolean placeIsNamed) {
        String server = runner.variable("GITHUB_SERVER_URL").orElse("https://github.com");
        List<String> repositories = Stream.of(Optional.of(event.repository()), inputs.repository())
                .flatMap(Optional::stream)
                .map(name -> name.contains("://") ? name : server + "/" + name)
                .toList();
        List<String> allowed =
                inputs.allowedSigners().stream().map(this::asWeSeeFile).toList();
        return new TrustOption(inputs.trust(), allowed, inputs.acceptRollback())
                .mean(repositories, placeIsNamed, surroundings());
    }

    /** The workflow names files as its steps see them: {@code ${{ runner.temp }}} is a folder of the host. */
    private String asWeSeeFile(String given) {
        return given.startsWith("/") && !given.contains(" ")
                ? places.here(given).map(Path::toString).orElse(given)
                : given;
    }

    private boolean isInNamedFolder(Ref ref) {
        if (!ref.scheme().equals("folder") || !scheme().equals("folder")) {
            return false;
        }
        Path named =
                Path.of(shared(inputs.store().substring("folder:".length()))).normalize();
        return Path.of(asWeSeeIt(ref).rest()).normalize().startsWith(named);
    }

    /** A ref as a later step, or another machine, would write it. */
    String asTheyWriteIt(Ref ref) {
        return ref.scheme().equals("folder") ? "folder:" + places.there(Path.of(ref.rest())) : ref.toString();
    }

    /** Which ref is meant by what a step was given. */
    Ref asWeSeeIt(Ref ref) {
        return ref.scheme().equals("folder") ? new Ref("folder", shared(ref.rest())) : ref;
    }

    /** What this container writes elsewhere is gone when it ends. */
    private String shared(String place) {
        return places.here(place)
                .orElseThrow(() -> Failure.badInput(
                        "the folder " + place
                                + " is not shared with this container, and what is kept there would be lost",
                        "name a folder below " + places.there(places.workspace())
                                + " or below the runner's _temp folder"))
                .toString();
    }

    private StoreContext surroundings() {
        Map<String, String> options = new HashMap<>();
        put(options, "repository", inputs.repository().or(() -> Optional.of(event.repository())));
        put(options, "layout", inputs.layout());
        put(options, "branch", inputs.branch());
        put(options, "path", inputs.path());
        put(options, "user", inputs.user());
        put(options, "history", inputs.history());
        put(options, "base", inputs.base());
        put(options, "pull-request", Optional.of(Boolean.toString(inputs.pullRequest())));
        put(options, "plan", inputs.planIssue().map(Object::toString));
        put(options, "allow-public", Optional.of(Boolean.toString(inputs.allowPublic())));
        put(options, "token", inputs.token().map(Secret::value));
        put(options, "visibility", visibility());
        return new StoreContext(runner.environment(), places.workspace(), options, this::tell);
    }

    /** What a store says loudly is shown on the run's page. */
    private void tell(String line) {
        if (line.startsWith(StoreContext.WARNING)) {
            log.warning("Kept sessions", line.substring(StoreContext.WARNING.length()));
        } else {
            log.log(line);
        }
    }

    /** The event tells it of the repository that the workflow runs in. */
    private Optional<String> visibility() {
        return switch (event.visibility()) {
            case PUBLIC -> Optional.of("public").filter(any -> isOwnRepository());
            case PRIVATE -> Optional.of("private").filter(any -> isOwnRepository());
            case UNKNOWN -> Optional.empty();
        };
    }

    private static void put(Map<String, String> options, String name, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(text -> options.put(name, text));
    }
}
