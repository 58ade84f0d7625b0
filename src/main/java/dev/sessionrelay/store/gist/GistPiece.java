package dev.sessionrelay.store.gist;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Segment;
import dev.sessionrelay.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that holds content: a run of the transcript's segments, or what lies beside the transcript.
 *
 * @param mark stands for the content, so that a file that has not changed is not sent again
 */
record GistPiece(String name, String mark) {
    /** GitHub gives files of less than 10 MB by their address. */
    private static final long MOST = 9_500_000;

    /** A piece that is about to be sent. */
    record OfTranscript(GistPiece piece, long offset, List<Segment> segments) {
        long size() {
            return segments.stream().mapToLong(Segment::size).sum();
        }
    }

    static String transcriptName(SessionId id, int number) {
        // By name, the transcript's beginning has to be the gist's first file: it is the one that others take.
        return "session-" + id + (number == 1 ? ".jsonl" : ".part-%04d.jsonl".formatted(number));
    }

    /** Segments end where lines do, and keep their places as the transcript grows. */
    static List<OfTranscript> of(Manifest manifest) {
        List<OfTranscript> pieces = new ArrayList<>();
        List<Segment> run = new ArrayList<>();
        long offset = 0;
        long size = 0;
        for (Segment segment : manifest.transcript().segments()) {
            if (!run.isEmpty() && size + segment.size() > MOST) {
                pieces.add(piece(manifest.sessionId(), pieces.size() + 1, offset, run));
                offset += size;
                size = 0;
                run = new ArrayList<>();
            }
            run.add(segment);
            size += segment.size();
        }
        if (!run.isEmpty()) {
            pieces.add(piece(manifest.sessionId(), pieces.size() + 1, offset, run));
        }
        return pieces;
    }

    private static OfTranscript piece(SessionId id, int number, long offset, List<Segment> run) {
        StringBuilder digests = new StringBuilder();
        run.forEach(segment -> digests.append(segment.digest().hex()));
        return new OfTranscript(new GistPiece(transcriptName(id, number), markOf(digests)), offset, List.copyOf(run));
    }

    /** What lies beside the transcript travels in one archive, which has a new name when anything in it is new. */
    static String archiveMark(Manifest manifest, boolean withTranscript) {
        StringBuilder digests = new StringBuilder();
        for (Entry entry : manifest.entries()) {
            if (withTranscript || !entry.name().equals(EntryName.TRANSCRIPT)) {
                digests.append(entry.name())
                        .append('\n')
                        .append(entry.digest().hex())
                        .append('\n');
            }
        }
        return digests.isEmpty() ? "" : markOf(digests);
    }

    static GistPiece ofArchive(SessionId id, String mark, int number) {
        return new GistPiece("session-" + id + ".sides-" + mark + ".%04d.b64".formatted(number), mark + "-" + number);
    }

    private static String markOf(CharSequence digests) {
        return Digest.of(digests.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
    }
}
