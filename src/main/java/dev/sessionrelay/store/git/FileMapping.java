package dev.sessionrelay.store.git;

import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which files in a session's folder make up its entries. A transcript is a folder of segments, named by offset and
 * digest, so that {@code cat transcript/*} shows it and a name never stands for other bytes; any other entry is a file
 * under its own name, or such a folder when it has several segments.
 *
 * @param whole whether the transcript is one file beside the folder instead
 */
record FileMapping(boolean whole) {
    private static final String TRANSCRIPT = "transcript";
    /** The path, seen from the session's folder, of a transcript beside it. */
    static final String BESIDE = "../transcript";

    /** A file, and which bytes of the entry it holds. */
    record FilePart(String path, long offset, Segment bytes) {}

    List<FilePart> of(Entry entry) {
        boolean transcript = entry.name().equals(EntryName.TRANSCRIPT);
        if (entry.size() == 0) {
            return List.of();
        }
        Segment all = new Segment(entry.size(), entry.digest());
        if (transcript && whole) {
            return List.of(new FilePart(BESIDE, 0, all));
        }
        String path = transcript ? TRANSCRIPT : pathOf(entry.name());
        if (!transcript && entry.segments().size() == 1) {
            return List.of(new FilePart(path, 0, all));
        }
        List<FilePart> parts = new ArrayList<>();
        long offset = 0;
        for (Segment segment : entry.segments()) {
            parts.add(new FilePart(
                    path + "/" + segment.nameAt(offset)
                            + SafeName.ofFile(entry.name().ending()),
                    offset,
                    segment));
            offset += segment.size();
        }
        return parts;
    }

    private static String pathOf(EntryName name) {
        String path =
                Arrays.stream(name.text().split("/", -1)).map(SafeName::ofFile).collect(Collectors.joining("/"));
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        // The two names that are taken already; no entry's own name begins with @files.
        return first.equals(TRANSCRIPT) || first.equals(TreePlace.MANIFEST) ? "@files/" + path : path;
    }
}
