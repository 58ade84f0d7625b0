package dev.sessionrelay.store.folder;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.Segment;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything lies in a folder store. Each file of a session is a folder of that name holding its segments, named
 * by offset and digest, so that {@code cat <folder>/*} shows it to a person and a segment's name never stands for
 * other bytes.
 */
record FolderLayout(Path root) {
    private static final int DIGEST_DIGITS = 16;
    private static final int LONGEST_NAME = 120;

    /** A segment and the file that holds it. */
    record SegmentFile(Segment segment, long offset, Path folder, String name) {
        Path file() {
            return folder.resolve(name);
        }
    }

    /**
     * A link that another user has laid in a store of theirs would have root write, or remove, where it leads. The
     * folder of the store itself is named by whoever started us.
     */
    void requireNoLinks(SessionId id, Owner owner) throws IOException {
        if (!owner.isAnothersUser()) {
            return;
        }
        for (Path folder : List.of(sessions(), keys(), session(id))) {
            requireNoLink(folder);
        }
        if (Files.isDirectory(session(id))) {
            try (Stream<Path> below = Files.walk(session(id))) {
                below.filter(Files::isSymbolicLink).forEach(FolderLayout::requireNoLink);
            }
        }
    }

    private static void requireNoLink(Path folder) {
        if (Files.isSymbolicLink(folder)) {
            throw Failure.notAllowed(
                    "will not write through the link " + folder + ", as root in a store of another user's",
                    "remove the link, or save as that user");
        }
    }

    Path readme() {
        return root.resolve("README.md");
    }

    Path lock() {
        return root.resolve(".lock");
    }

    Path sessions() {
        return root.resolve("sessions");
    }

    Path session(SessionId id) {
        return sessions().resolve(id.text());
    }

    Path manifest(SessionId id) {
        return session(id).resolve("manifest.json");
    }

    Path content(SessionId id) {
        return session(id).resolve("content");
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path key(Key key) {
        StringBuilder name = new StringBuilder();
        for (byte b : key.text().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
            name.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        if (name.length() > LONGEST_NAME) {
            String digest =
                    Digest.of(key.text().getBytes(StandardCharsets.UTF_8)).hex();
            name.replace(LONGEST_NAME, name.length(), "~" + digest.substring(0, DIGEST_DIGITS));
        }
        return keys().resolve(name.toString());
    }

    List<SegmentFile> parts(SessionId id, Entry entry) {
        Path folder = content(id).resolve(entry.name().text());
        List<SegmentFile> parts = new ArrayList<>();
        long offset = 0;
        for (Segment segment : entry.segments()) {
            String name = segment.nameAt(offset) + entry.name().ending();
            parts.add(new SegmentFile(segment, offset, folder, name));
            offset += segment.size();
        }
        return parts;
    }
}
