package dev.sessionrelay.store.gist;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Segment;
import dev.sessionrelay.session.SegmentBytes;
import dev.sessionrelay.session.SessionArchive;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a bundle into a sheet: the transcript as it is, as far as it is text, and all else in an archive. */
final class BundleWriter {
    /** Of an archive, before it becomes a third longer. */
    private static final int PIECE = 6_000_000;

    private final Bundle bundle;
    private final List<GistPiece> there;
    private final Path scratch;

    /** @param there what the gist has already */
    BundleWriter(Bundle bundle, List<GistPiece> there, Path scratch) {
        this.bundle = bundle;
        this.there = there;
        this.scratch = scratch;
    }

    /** The files that hold the bundle now. */
    record WrittenFiles(List<GistPiece> transcript, List<GistPiece> archive) {}

    WrittenFiles writeTo(GistRequest sheet, boolean transcriptIsText) throws IOException {
        List<GistPiece> transcript = new ArrayList<>();
        if (transcriptIsText) {
            for (GistPiece.OfTranscript piece : GistPiece.of(bundle.manifest())) {
                transcript.add(piece.piece());
                if (!there.contains(piece.piece())) {
                    sheet.add(piece.piece().name(), out -> copy(piece, out));
                }
            }
        }
        return new WrittenFiles(transcript, archive(sheet, !transcriptIsText));
    }

    private void copy(GistPiece.OfTranscript piece, OutputStream out) throws IOException {
        long offset = piece.offset();
        for (Segment segment : piece.segments()) {
            new SegmentBytes(bundle.transcript(), segment, offset).writeTo(out);
            offset += segment.size();
        }
    }

    private List<GistPiece> archive(GistRequest sheet, boolean withTranscript) throws IOException {
        Manifest manifest = bundle.manifest();
        String mark = GistPiece.archiveMark(manifest, withTranscript);
        if (mark.isEmpty()) {
            return List.of();
        }
        List<GistPiece> same = there.stream()
                .filter(piece -> piece.mark().startsWith(mark + "-"))
                .toList();
        if (!same.isEmpty()) {
            return same;
        }
        Path file = Files.createTempFile(scratch, "", ".tar.gz");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                SessionArchive.write(withTranscript ? bundle : withoutTranscript(bundle), out);
            }
            return encode(file, mark, sheet);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private List<GistPiece> encode(Path file, String mark, GistRequest sheet) throws IOException {
        List<GistPiece> pieces = new ArrayList<>();
        try (InputStream in = PlainFile.open(file)) {
            for (byte[] some = in.readNBytes(PIECE); some.length > 0; some = in.readNBytes(PIECE)) {
                GistPiece piece = GistPiece.ofArchive(bundle.manifest().sessionId(), mark, pieces.size() + 1);
                byte[] bytes = some;
                sheet.add(piece.name(), out -> out.write(Base64.getEncoder().encode(bytes)));
                pieces.add(piece);
            }
        }
        return pieces;
    }

    /** An archive has a transcript, be it empty. */
    private static Bundle withoutTranscript(Bundle whole) {
        List<Entry> entries = new ArrayList<>();
        Map<EntryName, Payload> payloads = new TreeMap<>(whole.payloads());
        for (Entry entry : whole.manifest().entries()) {
            boolean isTranscript = entry.name().equals(EntryName.TRANSCRIPT);
            entries.add(isTranscript ? new Entry(entry.name(), 0, Digest.of(new byte[0]), List.of()) : entry);
        }
        payloads.put(EntryName.TRANSCRIPT, new NothingWritten());
        return new Bundle(whole.manifest().withEntries(entries), payloads);
    }

    private record NothingWritten() implements Payload {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open(long from) {
            return new ByteArrayInputStream("".getBytes(StandardCharsets.UTF_8));
        }
    }
}
