package dev.sessionrelay.action.home;

import dev.sessionrelay.action.docker.HostFolders.HostContent;
import dev.sessionrelay.action.docker.TarEntry;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was copied here of a config folder on the host, and what has changed here since. */
final class HostCopy {
    /** Claude Code removes sessions by their age on disk, so one that is not replaced is refreshed in time. */
    private static final Duration GETTING_OLD = Duration.ofDays(1);

    private final Path folder;
    /** What was found on the host, by its name there, and the files as they were copied. */
    private final Map<String, TarEntry> found = new HashMap<>();

    private final Map<Path, Object> copied = new HashMap<>();

    HostCopy(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** What a file of the copy is called below the config folder. */
    Path nameOf(Path file) {
        return folder.relativize(file);
    }

    boolean hasFile(String name) {
        return copied.containsKey(folder.resolve(name));
    }

    @Nullable
    TarEntry found(String name) {
        return found.get(name);
    }

    void note(String name, TarEntry entry) {
        found.put(name, entry);
    }

    void keep(String name, TarEntry entry, HostContent content) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw Failure.damaged("the Docker engine names a file outside of its folder", "nothing was changed");
        }
        found.put(nameOf(target).toString(), entry);
        switch (entry.kind()) {
            case FOLDER -> Files.createDirectories(target);
            case FILE -> {
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                try (OutputStream out = Files.newOutputStream(target)) {
                    content.copyTo(out);
                }
                Files.setLastModifiedTime(target, FileTime.from(entry.modified()));
                copied.put(target, identity(target));
            }
            case LINK, OTHER -> {
                // Named in what was found, so that nothing is written through it.
            }
        }
    }

    /** A replaced file is another one, even with the same size and time. */
    private static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** The transcripts come last, so that a session is there when all that belongs to it is. */
    List<Path> changed() throws IOException {
        List<Path> changed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                TarEntry before = found.get(nameOf(file).toString());
                boolean isOld = before != null
                        && before.modified().isBefore(Instant.now().minus(GETTING_OLD));
                if (before == null
                        || (isOld && !isShared(file))
                        || !identity(file).equals(copied.get(file))) {
                    changed.add(file);
                }
            }
        }
        changed.sort(Comparator.comparing((Path file) -> isTranscript(file)).thenComparing(Path::toString));
        return changed;
    }

    /** What is not the session's is not made to look newer. */
    private boolean isShared(Path file) {
        Path own = nameOf(file);
        return own.startsWith("plans")
                || (own.getNameCount() > 3 && own.getName(2).toString().equals("memory"));
    }

    private boolean isTranscript(Path file) {
        return file.getFileName().toString().endsWith(".jsonl") && nameOf(file).getNameCount() == 3;
    }
}
