package dev.sessionrelay.store.sealed;

import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.text.SafeText;
import java.util.Optional;

/** Which session was asked for. A store may answer with any, so that a signature has to say that this is the one. */
public sealed interface AskedSession {

    /** Whoever asked named this very session, by its id or its ref. */
    record Session() implements AskedSession {}

    /** The latest of this key. */
    record OfKey(Key key) implements AskedSession {}

    /** The latest of any key that begins so. */
    record OfKeys(String beginning) implements AskedSession {}

    static AskedSession by(Query query) {
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
                : Optional.of("it was asked for by " + describe() + ", and is signed for "
                        + (own.isEmpty() ? "no key" : "key " + SafeText.of(own, 120)));
    }

    private String describe() {
        return switch (this) {
            case Session _ -> "name";
            case OfKey(Key key) -> "key " + key;
            case OfKeys(String beginning) -> "keys that begin with " + SafeText.of(beginning, 120);
        };
    }
}
