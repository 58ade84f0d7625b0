package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.TemporaryFolder;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.SessionArchive;
import dev.sessionrelay.store.LazyPayload;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Archives that were fetched and unpacked, for as long as this process runs: an archive can only be read from its
 * beginning, and a payload is opened anywhere, any number of times.
 */
final class ArchiveCache {
    private final Releases releases;
    private final Map<Long, Map<EntryName, Payload>> unpacked = new ConcurrentHashMap<>();

    ArchiveCache(Releases releases) {
        this.releases = releases;
    }

    /** The bundle of an archive, which is fetched when the first payload is opened. */
    Bundle bundle(Manifest manifest, long archive) {
        SessionId id = manifest.sessionId();
        String where = new AssetName.Archive(id) + " in " + releases.repository();
        return LazyPayload.bundle(manifest, where, () -> fetch(id, archive));
    }

    Map<EntryName, Payload> fetch(SessionId id, long archive) throws IOException {
        synchronized (unpacked) {
            Map<EntryName, Payload> there = unpacked.get(archive);
            if (there == null) {
                String name = new AssetName.Archive(id).toString();
                String where = name + " in " + releases.repository();
                there = releases.download(archive, in -> SessionArchive.unpack(in, id, temporaryFolder(), where), name)
                        .orElseThrow(() -> replaced(name));
                unpacked.put(archive, there);
            }
            return there;
        }
    }

    private Failure replaced(String name) {
        return Failure.conflict(
                name + " in " + releases.repository() + " was replaced by others while it was to be read",
                "run this again: nothing was changed here");
    }

    /** A folder that only this user can enter, and that goes with this process. */
    static Path temporaryFolder() throws IOException {
        return TemporaryFolder.make("release").path();
    }
}
