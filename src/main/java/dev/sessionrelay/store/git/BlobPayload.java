package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.ChainedStream;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;

/** An entry's bytes, in the files that hold them. They are fetched when the first of a session's payloads is opened. */
record BlobPayload(long size, List<Blob> blobs, BlobFiles files) implements Payload {

    /** One file, and where in the entry its bytes begin. */
    record Blob(ObjectId id, long offset, long size, String path) {}

    /** Where the files can be read, once they were fetched. */
    interface BlobFiles {
        Repository fetched() throws IOException;

        String name();
    }

    @Override
    public InputStream open(long from) throws IOException {
        Repository repository = files.fetched();
        return new ChainedStream(blobs.stream()
                .filter(blob -> blob.offset() + blob.size() > from)
                .map(blob -> (ChainedStream.StreamPart) () -> open(repository, blob, from))
                .iterator());
    }

    private InputStream open(Repository repository, Blob blob, long from) throws IOException {
        ObjectLoader loader = repository.open(blob.id());
        if (loader.getSize() != blob.size()) {
            throw Failure.damaged(
                    blob.path() + " of " + files.name() + " has " + loader.getSize() + " bytes instead of "
                            + blob.size(),
                    "nothing was changed here; save the session again from a machine that still has it, or restore an"
                            + " earlier save");
        }
        InputStream in = loader.openStream();
        in.skipNBytes(Math.max(0, from - blob.offset()));
        return in;
    }
}
