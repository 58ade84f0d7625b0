package dev.sessionrelay.github.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many exchanges were held to GitHub's description in this process, and what came of it: {@code ./verify} prints
 * it.
 */
final class Tally {
    private static final Path FOLDER = Path.of("target", "openapi-exchanges");

    private record Count(LongAdder exchanges, LongAdder errors) {}

    private final Map<String, Count> sides = new ConcurrentHashMap<>();

    Tally() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::write));
    }

    void add(String path, int errors) {
        Count count = sides.computeIfAbsent(sideOf(path), _ -> new Count(new LongAdder(), new LongAdder()));
        count.exchanges().increment();
        count.errors().add(errors);
    }

    /** {@code gists} of {@code /gists/1}, {@code releases} of {@code /repos/octocat/hello/releases}. */
    private static String sideOf(String path) {
        String[] parts = path.split("/", -1);
        return parts[1].equals("repos") && parts.length > 4 ? parts[4] : parts[1];
    }

    private void write() {
        List<String> lines = new TreeMap<>(sides)
                .entrySet().stream()
                        .map(side -> side.getKey() + " " + side.getValue().exchanges() + " "
                                + side.getValue().errors())
                        .toList();
        try {
            Files.write(
                    Files.createDirectories(FOLDER)
                            .resolve(String.valueOf(ProcessHandle.current().pid())),
                    lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
