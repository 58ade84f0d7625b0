package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * A stored session, and the files that it had when it was found.
 *
 * @param files by their paths in its folder
 */
record GitSession(StoredSession session, GitRef ref, TreePlace place, Map<String, ObjectId> files) {
    private static final long LARGE = 1L << 20;

    /** The entries' files: those that are there, under the paths that the layout gives them. */
    List<BlobPayload.Blob> blobs(Entry entry) {
        FileMapping parts = new FileMapping(place.whole().isPresent());
        List<BlobPayload.Blob> blobs = new ArrayList<>();
        for (FileMapping.FilePart part : parts.of(entry)) {
            ObjectId id = idOf(part);
            if (id == null) {
                throw Failure.damaged(
                        part.path() + " of " + ref.ref() + " is missing",
                        "nothing was changed here; save the session again from a machine that still has it, or restore"
                                + " an earlier save");
            }
            blobs.add(new BlobPayload.Blob(id, part.offset(), part.bytes().size(), part.path()));
        }
        return blobs;
    }

    @Nullable
    ObjectId idOf(FileMapping.FilePart part) {
        return part.path().equals(FileMapping.BESIDE) ? place.whole().orElse(null) : files.get(part.path());
    }

    /** @param fetching brings the files of the session, when one is read */
    Bundle bundle(Fetching fetching) {
        Manifest manifest = session.manifest();
        Map<EntryName, List<BlobPayload.Blob>> blobs = new TreeMap<>();
        Set<ObjectId> large = new TreeSet<>();
        Set<ObjectId> small = new TreeSet<>();
        for (Entry entry : manifest.entries()) {
            List<BlobPayload.Blob> own = blobs(entry);
            blobs.put(entry.name(), own);
            own.forEach(blob -> (blob.size() < LARGE ? small : large).add(blob.id()));
        }
        List<Set<ObjectId>> shares =
                Stream.concat(Stream.of(small), large.stream().map(Set::of)).toList();
        BlobPayload.BlobFiles lazily = new BlobPayload.BlobFiles() {
            @Override
            public Repository fetched() throws IOException {
                return fetching.fetch(shares);
            }

            @Override
            public String name() {
                return ref.ref().toString();
            }
        };
        Map<EntryName, Payload> payloads = new TreeMap<>();
        manifest.entries()
                .forEach(entry -> payloads.put(
                        entry.name(),
                        new BlobPayload(entry.size(), blobs.getOrDefault(entry.name(), List.of()), lazily)));
        return new Bundle(manifest, payloads);
    }

    /** Makes files readable. */
    interface Fetching {
        Repository fetch(List<Set<ObjectId>> shares) throws IOException;
    }
}
