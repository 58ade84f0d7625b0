package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what Linux calls an open folder, as a path. Java does not tell it, and has more than one for each: they are the
 * descriptors of that folder that are not another one's of ours. A path that begins with it leads into the folder
 * itself, by whatever name that goes now.
 */
record Descriptor(List<Path> paths) {
    private static final Path ALL = Path.of("/proc/self/fd");
    private static final Path NOBODY_ELSE = Path.of("/proc/self/fdinfo");
    private static final Map<Path, Path> OURS = new HashMap<>();
    private static final int TRIES = 200;
    /** How many Java has for an open folder; counted with one that nobody else reads. */
    private static int each;

    /** Null where the system tells nobody. */
    static @Nullable Descriptor of(SecureDirectoryStream<Path> folder, Path real) throws IOException {
        if (!Files.isDirectory(ALL)) {
            return null;
        }
        Object key =
                keyOf(folder.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
        synchronized (OURS) {
            if (each == 0) {
                each = count();
            }
            for (int tries = 0; tries < TRIES; tries++) {
                List<Path> same = sameAs(key);
                if (same.size() == each) {
                    same.forEach(path -> OURS.put(path, real));
                    return new Descriptor(same);
                }
                // Somebody else in this process reads the same folder just now.
                pause();
            }
        }
        throw new IOException("a folder is read by too many at once");
    }

    private static int count() throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(NOBODY_ELSE)) {
            return folder instanceof SecureDirectoryStream<Path> secure
                    ? sameAs(keyOf(secure.getFileAttributeView(BasicFileAttributeView.class)
                                    .readAttributes()))
                            .size()
                    : 1;
        }
    }

    Path path() {
        return paths.getFirst();
    }

    /** The same path as people know it. */
    static Path shown(Path path) {
        if (!path.startsWith(ALL) || path.getNameCount() <= ALL.getNameCount()) {
            return path;
        }
        Path folder = path.getRoot().resolve(path.subpath(0, ALL.getNameCount() + 1));
        synchronized (OURS) {
            Path real = OURS.get(folder);
            return real == null ? path : real.resolve(folder.relativize(path));
        }
    }

    private static List<Path> sameAs(Object key) throws IOException {
        List<Path> same = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(ALL)) {
            for (Path descriptor : descriptors) {
                try {
                    if (!OURS.containsKey(descriptor)
                            && key.equals(keyOf(Files.readAttributes(descriptor, BasicFileAttributes.class)))) {
                        same.add(descriptor);
                    }
                } catch (NoSuchFileException gone) {
                    // It was closed, or is no file, as a socket's is none.
                }
            }
        }
        return same;
    }

    private static Object keyOf(BasicFileAttributes attributes) {
        return Objects.requireNonNull(attributes.fileKey(), "every file of this system has a number");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    void forget() {
        synchronized (OURS) {
            paths.forEach(OURS::remove);
        }
    }
}
