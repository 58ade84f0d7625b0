package dev.sessionrelay.protect.seal;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.ChainedStream;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Segment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An entry's bytes out of the sealed files that hold them. A segment is handed out when all of it was found genuine.
 */
record OpenedPayload(long size, List<SealedPiece> pieces, List<Identity> identities, String where) implements Payload {
    /** What compressing can add to what does not get smaller. */
    private static final int OVERHEAD = 1 << 16;

    /** @param offset where the segment begins in the entry */
    record SealedPiece(Segment segment, long offset, EntryName file, Payload sealed) {}

    @Override
    public InputStream open(long from) {
        return new ChainedStream(pieces.stream()
                .filter(piece -> piece.offset() + piece.segment().size() > from)
                .map(piece -> (ChainedStream.StreamPart) () -> open(piece, from))
                .iterator());
    }

    private InputStream open(SealedPiece piece, long from) throws IOException {
        int size = Math.toIntExact(piece.segment().size());
        byte[] content = decompressed(unsealed(piece, size + OVERHEAD), size, piece);
        if (!Digest.of(content).equals(piece.segment().digest())) {
            throw damaged(piece, "it holds other bytes than the sealed manifest says");
        }
        InputStream in = new ByteArrayInputStream(content);
        in.skipNBytes(Math.max(0, from - piece.offset()));
        return in;
    }

    private byte[] unsealed(SealedPiece piece, int most) throws IOException {
        try (InputStream file = piece.sealed().open()) {
            return AgeFile.open(file, identities, most);
        } catch (AgeFile.NotForUs e) {
            throw damaged(piece, "no key here opens it");
        } catch (AgeFile.Damaged e) {
            throw damaged(piece, "it was changed or cut off after it was sealed");
        }
    }

    private byte[] decompressed(byte[] compressed, int size, SealedPiece piece) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed), 1 << 16)) {
            byte[] content = gzip.readNBytes(size);
            if (content.length == size && gzip.read() < 0) {
                return content;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw damaged(piece, "it holds more or less than the sealed manifest says");
    }

    private Failure damaged(SealedPiece piece, String why) {
        return Failure.damaged(
                piece.file() + " of " + where + " is damaged: " + why,
                "nothing was changed here; restore an earlier save, or save it again from a machine that still has it");
    }
}
