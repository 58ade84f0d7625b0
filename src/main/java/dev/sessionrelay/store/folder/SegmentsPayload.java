package dev.sessionrelay.store.folder;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.ChainedStream;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.store.folder.FolderLayout.SegmentFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** An entry's segments, read one behind the other. */
record SegmentsPayload(List<SegmentFile> parts, long size) implements Payload {

    @Override
    public InputStream open(long from) {
        return new ChainedStream(parts.stream()
                .filter(part -> part.offset() + part.segment().size() > from)
                .map(part -> (ChainedStream.StreamPart) () -> openPart(part, from))
                .iterator());
    }

    private static InputStream openPart(SegmentFile part, long from) throws IOException {
        requireWhole(part);
        InputStream in = PlainFile.open(part.file());
        in.skipNBytes(Math.max(0, from - part.offset()));
        return in;
    }

    private static void requireWhole(SegmentFile part) throws IOException {
        long expected = part.segment().size();
        if (!Files.isRegularFile(part.file(), LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(part.file(), LinkOption.NOFOLLOW_LINKS)) {
                throw damaged(part, "is no ordinary file");
            }
            throw damaged(part, "is missing");
        }
        try {
            if (Files.size(part.file()) != expected) {
                throw damaged(part, "has " + Files.size(part.file()) + " bytes instead of " + expected);
            }
        } catch (NoSuchFileException e) {
            throw damaged(part, "is missing");
        }
    }

    private static Failure damaged(SegmentFile part, String how) {
        return Failure.damaged(
                part.file() + " " + how,
                "nothing was changed here; delete the session and save it again from a machine that still has it");
    }
}
