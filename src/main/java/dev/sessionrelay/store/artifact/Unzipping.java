package dev.sessionrelay.store.artifact;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Takes the transcript out of an artifact's zip, and nothing else of it. */
final class Unzipping {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_FILES = 1000;

    private Unzipping() {}

    static Path transcript(Path zip, SessionId id, Path target, String where) throws IOException {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            if (archive.size() > MOST_FILES) {
                throw damaged(where, "it holds more than " + MOST_FILES + " files");
            }
            ZipEntry entry = choose(
                            Collections.list(archive.entries()).stream()
                                    .map(ZipEntry.class::cast)
                                    .filter(file -> !file.isDirectory()
                                            && file.getName().endsWith(".jsonl"))
                                    .toList(),
                            id)
                    .orElseThrow(() -> Failure.damaged(
                            "No .jsonl file found in downloaded artifact 'session-" + id + "'",
                            "look at the artifact on the run's page"));
            try (InputStream in = archive.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(target)) {
                copy(in, out, where);
            }
            return target;
        } catch (ZipException e) {
            throw damaged(where, "it is no zip archive");
        }
    }

    private static Optional<ZipEntry> choose(List<ZipEntry> files, SessionId id) {
        return files.stream()
                .filter(file -> file.getName().endsWith(id + ".jsonl"))
                .findFirst()
                .or(() -> files.size() == 1 ? files.stream().findFirst() : Optional.empty());
    }

    private static void copy(InputStream in, OutputStream out, String where) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            total += read;
            if (total > MOST_BYTES) {
                throw damaged(where, "it unpacks to more than a session can have");
            }
            out.write(buffer, 0, read);
        }
    }

    private static Failure damaged(String where, String why) {
        return Failure.damaged(where + " is damaged: " + why, "nothing was changed here");
    }
}
