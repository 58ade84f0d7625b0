package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Segment;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.transcript.FactsReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Makes the manifest that another tool did not write, out of the files that it did. */
final class ForeignSession {
    private final TempFolder scratch;
    private final Repository objects;

    ForeignSession(TempFolder scratch, Repository objects) {
        this.scratch = scratch;
        this.objects = objects;
    }

    Manifest manifest(TreePlace place, Map<String, ObjectId> files, BranchSnapshot view, Optional<String> key)
            throws IOException {
        Path transcript = scratch.file();
        try {
            copy(place.whole().orElseThrow(), transcript);
            FilePayload payload = FilePayload.of(transcript);
            List<Entry> entries = new ArrayList<>();
            entries.add(Segmenter.cut(EntryName.TRANSCRIPT, payload, Optional.empty())
                    .entry());
            for (Map.Entry<String, ObjectId> file : new TreeMap<>(files).entrySet()) {
                entries.add(side(file.getKey(), file.getValue()));
            }
            return new Manifest(
                    place.id(),
                    key,
                    Optional.empty(),
                    FactsReader.of(payload),
                    new Origin(
                            view.at(),
                            "remote",
                            "none",
                            Map.of("commit", view.commit().name())),
                    Changes.NOTHING,
                    entries);
        } finally {
            Files.deleteIfExists(transcript);
        }
    }

    private Entry side(String path, ObjectId id) throws IOException {
        EntryName name;
        try {
            name = EntryName.inFolder(path);
        } catch (IllegalArgumentException e) {
            throw Failure.damaged(
                    String.valueOf(e.getMessage()), "nothing was changed here; look at the branch with git");
        }
        MessageDigest counter = Digest.counter();
        long size = objects.open(id).getSize();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), counter)) {
            objects.open(id).copyTo(out);
        }
        Digest digest = Digest.of(counter);
        // One segment, as it is one file there.
        return new Entry(name, size, digest, size == 0 ? List.of() : List.of(new Segment(size, digest)));
    }

    private void copy(ObjectId id, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            objects.open(id).copyTo(out);
        }
    }
}
