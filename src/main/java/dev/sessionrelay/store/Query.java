package dev.sessionrelay.store;

import dev.sessionrelay.transcript.SessionId;
import java.util.Optional;

/** Which stored session is meant. */
public sealed interface Query {

    /** The one that this ref names. */
    record ByRef(Ref ref) implements Query {
        @Override
        public String describe() {
            return ref.toString();
        }
    }

    /** The one with this id; where a store keeps one copy a key, the copy of that key. */
    record BySession(SessionId id, Optional<Key> key) implements Query {
        @Override
        public String describe() {
            return "session " + id + key.map(k -> " under key " + k).orElse("");
        }
    }

    /** The one that was last saved under this key. */
    record ByKey(Key key) implements Query {
        @Override
        public String describe() {
            return "key " + key;
        }
    }

    /** For a message: what was looked for. */
    String describe();
}
