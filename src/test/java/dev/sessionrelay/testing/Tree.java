package dev.sessionrelay.testing;

import dev.sessionrelay.io.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies below a folder: every path with what it is. Two of them are equal when nothing was changed between. */
public final class Tree {
    private Tree() {}

    public static SortedMap<String, String> of(Path root) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        if (!Files.exists(root)) {
            return found;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                found.put(root.relativize(path).toString(), describe(path));
            }
        }
        return found;
    }

    /** The files only, with their content as text. */
    public static Map<String, String> files(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                found.put(root.relativize(path).toString(), Files.readString(path));
            }
        }
        return found;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path)
                ? "folder"
                : Digest.of(Files.readAllBytes(path)).hex();
    }
}
