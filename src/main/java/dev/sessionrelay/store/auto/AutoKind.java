package dev.sessionrelay.store.auto;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;
import java.util.List;
import java.util.Optional;

/**
 * {@code auto}: the place in a repository that its own token can write and the public cannot read. That is one kind of
 * store where the repository is private or internal, and another where it is public.
 */
public final class AutoKind implements StoreFactory {
    /** Whoever says one of these means a branch. */
    private static final List<String> OF_BRANCHES =
            List.of("layout", "branch", "path", "history", "base", "pull-request");

    private final StoreFactory ofPrivate;
    private final StoreFactory ofPublic;

    public AutoKind(StoreFactory ofPrivate, StoreFactory ofPublic) {
        this.ofPrivate = ofPrivate;
        this.ofPublic = ofPublic;
    }

    @Override
    public String scheme() {
        return "auto";
    }

    @Override
    public SessionStore open(String place, StoreContext surroundings) {
        String named = surroundings.repositoryIn(place, scheme());
        boolean meansBranch = OF_BRANCHES.stream()
                .anyMatch(name -> surroundings
                        .option(name)
                        .filter(value -> !value.equals("false"))
                        .isPresent());
        Optional<Boolean> isPublic = meansBranch ? Optional.empty() : isPublic(named, surroundings);
        if (isPublic.isEmpty()) {
            return ofPrivate.open(named, surroundings);
        }
        StoreFactory usual = isPublic.get() ? ofPublic : ofPrivate;
        StoreFactory other = isPublic.get() ? ofPrivate : ofPublic;
        return new AutoStore(
                usual.scheme(),
                usual.open(named, surroundings),
                () -> other.open(named, surroundings),
                surroundings.told());
    }

    /** Empty for a repository that is not on GitHub, which has branches only. */
    private static Optional<Boolean> isPublic(String named, StoreContext surroundings) {
        Optional<String> known = surroundings.option("visibility");
        if (known.isPresent()) {
            return known.map("public"::equals);
        }
        try (GitHub github =
                GitHub.connect(surroundings.environment(), surroundings.credentials(), surroundings.told())) {
            return RepositoryName.find(named, github.server().host())
                    .map(repository -> !repository.lookedUp(github).isPrivate());
        }
    }

    @Override
    public SessionStore openFor(Ref ref, StoreContext surroundings) {
        throw Failure.badInput(
                "\"" + ref + "\" is no ref: auto chooses among stores, and a ref names the one that was chosen",
                "take the ref that `save` printed");
    }
}
