package dev.sessionrelay.cli;

import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.Trust;
import dev.sessionrelay.flow.TrustWords;
import dev.sessionrelay.flow.UsualKey;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.Surroundings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say which stored session is meant. */
final class Which {
    @Mixin
    private final Where.There there = new Where.There();

    @Parameters(arity = "0..1", paramLabel = "<ref>", description = "What `save` and `list` print for a session.")
    private @Nullable String ref;

    @Option(names = "--session-id", paramLabel = "<uuid>", description = "The stored session with this id.")
    private @Nullable String sessionId;

    @Option(
            names = "--gist-url",
            paramLabel = "<url>",
            description =
                    "The session of this gist: the address of its page, of a raw file, or for git clone; or its id.")
    private @Nullable String gistUrl;

    @Option(names = "--key", paramLabel = "<key>", description = "The latest session of this key, such as pr-12.")
    private @Nullable String key;

    record Chosen(SessionStore store, Query query) {}

    Optional<String> ref() {
        return Optional.ofNullable(ref);
    }

    /** The key, when that is all that was given. */
    Optional<Key> onlyKey() {
        return ref == null && sessionId == null && gistUrl == null
                ? Optional.ofNullable(key).map(Key::new)
                : Optional.empty();
    }

    /** On a person's own machine the store that an option names is named by that person; a ref may have come from anywhere. */
    Trust trust(TrustWords words, World world, Path workingFolder) {
        Surroundings surroundings = there.surroundings(world, workingFolder);
        return words.mean(surroundings.repository().stream().toList(), ref == null, surroundings);
    }

    SessionStore store(World world, Path workingFolder) {
        return there.open(world, workingFolder);
    }

    /** @param orUsual whether to take the usual key of the working folder when nothing is named */
    Chosen choose(World world, Path workingFolder, boolean orUsual) {
        long given =
                Stream.of(ref, gistUrl, sessionId, key).filter(Objects::nonNull).count();
        if (given > 1) {
            throw Failure.badInput("a ref, --gist-url, --session-id and --key exclude each other", "give one of them");
        }
        if (ref != null || gistUrl != null) {
            Ref parsed = ref != null ? Ref.parse(ref) : Ref.parse("gist:" + gistUrl);
            return new Chosen(there.openFor(parsed, world, workingFolder), new Query.ByRef(parsed));
        }
        SessionStore store = there.open(world, workingFolder);
        if (sessionId != null) {
            return new Chosen(store, new Query.BySession(new SessionId(sessionId), Optional.empty()));
        }
        if (key != null) {
            return new Chosen(store, new Query.ByKey(new Key(key)));
        }
        if (orUsual) {
            return new Chosen(store, new Query.ByKey(UsualKey.of(workingFolder, !store.isOfOneProject())));
        }
        throw Failure.badInput(
                "which session?", "give its ref, --session-id or --key; `" + world.command() + " list` shows them");
    }
}
