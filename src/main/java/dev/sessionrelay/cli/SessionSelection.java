package dev.sessionrelay.cli;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.DefaultKey;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.relay.trust.TrustOption;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The arguments that say which stored session is meant. */
final class SessionSelection {
    private final LocalOptions.There there;
    private final Command.Given<String> ref;
    private final Command.Given<String> sessionId;
    private final Command.Given<String> gistUrl;
    private final Command.Given<String> key;

    SessionSelection(Command verb) {
        there = new LocalOptions.There(verb);
        ref = verb.argument("<ref>", "What `save` and `list` print for a session.");
        sessionId = verb.text("--session-id", "<uuid>", "The stored session with this id.");
        gistUrl = verb.text(
                "--gist-url",
                "<url>",
                "The session of this gist: the address of its page, of a raw file, or for git clone; or its id.");
        key = verb.text("--key", "<key>", "The latest session of this key, such as pr-12.");
    }

    record SelectedSession(SessionStore store, Query query) {}

    Optional<String> ref() {
        return ref.value();
    }

    /** The key, when that is all that was given. */
    Optional<Key> onlyKey() {
        boolean another = Stream.of(ref, sessionId, gistUrl).anyMatch(Command.Given::isGiven);
        return another ? Optional.empty() : key.value().map(Key::new);
    }

    /**
     * On a person's own machine the store that an option names is named by that person; a ref may have come from
     * anywhere.
     */
    Trust trust(TrustOption words, CliContext world, Path workingFolder) {
        StoreContext surroundings = there.surroundings(world, workingFolder);
        return words.mean(surroundings.repository().stream().toList(), !ref.isGiven(), surroundings);
    }

    SessionStore store(CliContext world, Path workingFolder) {
        return there.open(world, workingFolder);
    }

    /** @param orUsual whether to take the usual key of the working folder when nothing is named */
    SelectedSession choose(CliContext world, Path workingFolder, boolean orUsual) {
        long given = Stream.of(ref, gistUrl, sessionId, key)
                .filter(Command.Given::isGiven)
                .count();
        if (given > 1) {
            throw Failure.badInput("a ref, --gist-url, --session-id and --key exclude each other", "give one of them");
        }
        Optional<Ref> address =
                ref.value().or(() -> gistUrl.value().map(url -> "gist:" + url)).map(Ref::parse);
        if (address.isPresent()) {
            return new SelectedSession(
                    there.openFor(address.get(), world, workingFolder), new Query.ByRef(address.get()));
        }
        SessionStore store = there.open(world, workingFolder);
        Optional<Query> query = sessionId
                .value()
                .<Query>map(id -> new Query.BySession(new SessionId(id), Optional.empty()))
                .or(() -> key.value().map(named -> new Query.ByKey(new Key(named))));
        if (query.isPresent()) {
            return new SelectedSession(store, query.get());
        }
        Optional<Key> ofPlan = there.plan().map(plan -> new Key("plan-" + plan.number()));
        if (ofPlan.isPresent()) {
            return new SelectedSession(store, new Query.ByKey(ofPlan.get()));
        }
        if (orUsual) {
            return new SelectedSession(store, new Query.ByKey(DefaultKey.of(workingFolder, !store.isOfOneProject())));
        }
        throw Failure.badInput(
                "which session?", "give its ref, --session-id or --key; `" + world.command() + " list` shows them");
    }
}
