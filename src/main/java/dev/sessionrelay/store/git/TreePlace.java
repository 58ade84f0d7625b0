package dev.sessionrelay.store.git;

import dev.sessionrelay.transcript.SessionId;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where a session lies in a tree.
 *
 * @param folder the path of its folder; what is written by other tools may have none
 * @param tree that folder
 * @param manifest the manifest in it; other tools write none
 * @param whole the transcript as one file beside the folder
 */
record TreePlace(
        SessionId id, String folder, Optional<ObjectId> tree, Optional<ObjectId> manifest, Optional<ObjectId> whole) {
    static final String MANIFEST = "manifest.json";
    static final String RECORDS = ".jsonl";

    /** Identifies the session's state, and it alone: others on the branch do not change it. */
    String version() {
        return manifest.or(this::whole).map(ObjectId::name).orElse("");
    }
}
