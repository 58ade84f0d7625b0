package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import java.util.Optional;

/** Which session was asked for. A store may answer with any, so that a signature has to say that this is the one. */
public sealed interface Asked {

    /** Whoever asked named this very session, by its id or its ref. */
    record Session() implements Asked {}

    /** The latest of this key. */
    record OfKey(Key key) implements Asked {}

    /** The latest of any key that begins so. */
    record OfKeys(String beginning) implements Asked {}

    static Asked by(Query query) {
        return switch (query) {
            case Query.ByKey(Key key) -> new OfKey(key);
            case Query.ByRef _, Query.BySession _ -> new Session();
        };
    }

    /** Why this one is not it; empty when it is. */
    default Optional<String> whyNot(Manifest manifest) {
        String own = manifest.key().orElse("");
        boolean isIt = switch (this) {
            case Session _ -> true;
            case OfKey(Key key) -> own.equals(key.text());
            case OfKeys(String beginning) -> own.startsWith(beginning);
        };
        return isIt
                ? Optional.empty()
                : Optional.of("it was asked for by " + inWords() + ", and is signed for "
                        + (own.isEmpty() ? "no key" : "key " + Printable.of(own, 120)));
    }

    private String inWords() {
        return switch (this) {
            case Session _ -> "name";
            case OfKey(Key key) -> "key " + key;
            case OfKeys(String beginning) -> "keys that begin with " + Printable.of(beginning, 120);
        };
    }
}
