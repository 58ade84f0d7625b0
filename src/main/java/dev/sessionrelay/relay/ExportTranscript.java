package dev.sessionrelay.relay;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.Leftovers;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PrivateFolder;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/** Brings a stored session's transcript into one file. What was there before stays until the new one is whole. */
public final class ExportTranscript {
    private ExportTranscript() {}

    public static void transcript(SessionStore store, Ref ref, SessionId id, Path target) {
        try {
            StoredSession stored = store.find(new Query.ByRef(ref))
                    .orElseThrow(() -> Failure.nothingFound(
                            ref + " holds no session",
                            "`session-relay plan sources` shows where a plan's sessions are"));
            if (!stored.manifest().sessionId().equals(id)) {
                throw Failure.nothingFound(
                        ref + " holds session " + stored.manifest().sessionId() + ", not " + id,
                        "ask for that one, or name another place");
            }
            Bundle bundle = Verification.verify(store.load(stored), ref.toString());
            Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
            Owner owner = Owner.ofNearest(folder);
            PrivateFolder.make(folder, owner);
            Leftovers.sweepUpFrom(folder, owner);
            WholeFile.write(target, owner, out -> {
                try (InputStream in = bundle.transcript().open()) {
                    in.transferTo(out);
                }
            });
        } catch (IOException e) {
            throw Failure.ofDisk("fetch session " + id, target, e);
        }
    }
}
