package dev.sessionrelay.store.release;

import dev.sessionrelay.transcript.SessionId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an asset says. The scripts look for {@code *.tar.gz}, so that nothing of ours but the newest archive
 * may end like that.
 */
sealed interface AssetName {
    SessionId id();

    /** The newest archive, by the scripts' name. */
    record Archive(SessionId id) implements AssetName {
        @Override
        public String toString() {
            return "claude-session-" + id + ".tar.gz";
        }
    }

    /** What the scripts tell of the newest archive. */
    record Metadata(SessionId id) implements AssetName {
        @Override
        public String toString() {
            return "claude-session-metadata-" + id + ".json";
        }
    }

    /** A save. */
    record Committed(SessionId id, int generation, String parent) implements AssetName {
        @Override
        public String toString() {
            return "session-relay-" + id + "." + generation + "." + parent;
        }
    }

    /** An archive or metadata that has not got its well-known name yet, or not any more. */
    record Loose(SessionId id, String what, String nonce) implements AssetName {
        static Loose archive(SessionId id) {
            return new Loose(id, "archive", UUID.randomUUID().toString().substring(0, 13));
        }

        static Loose metadata(SessionId id) {
            return new Loose(id, "metadata", UUID.randomUUID().toString().substring(0, 13));
        }

        @Override
        public String toString() {
            return "session-relay-" + id + "." + what + "." + nonce;
        }
    }

    Pattern ARCHIVE = Pattern.compile("claude-session-([0-9a-fA-F-]{36})\\.tar\\.gz");
    Pattern METADATA = Pattern.compile("claude-session-metadata-([0-9a-fA-F-]{36})\\.json");
    Pattern COMMITTED = Pattern.compile("session-relay-([0-9a-fA-F-]{36})\\.(\\d{1,8})\\.([a-z0-9-]{1,40})");
    Pattern LOOSE = Pattern.compile("session-relay-([0-9a-fA-F-]{36})\\.(archive|metadata)\\.([a-z0-9-]{1,40})");

    static Optional<AssetName> of(String name) {
        Matcher archive = ARCHIVE.matcher(name);
        if (archive.matches()) {
            return SessionId.in(archive.group(1)).map(Archive::new);
        }
        Matcher metadata = METADATA.matcher(name);
        if (metadata.matches()) {
            return SessionId.in(metadata.group(1)).map(Metadata::new);
        }
        Matcher committed = COMMITTED.matcher(name);
        if (committed.matches()) {
            return SessionId.in(committed.group(1))
                    .map(id -> new Committed(id, Integer.parseInt(committed.group(2)), committed.group(3)));
        }
        Matcher loose = LOOSE.matcher(name);
        if (loose.matches()) {
            return SessionId.in(loose.group(1)).map(id -> new Loose(id, loose.group(2), loose.group(3)));
        }
        return Optional.empty();
    }
}
