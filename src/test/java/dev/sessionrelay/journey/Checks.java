package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names each check before it is made, so that a green run tells what it has proved. */
final class Checks {
    private final String journey;
    private final long started = System.nanoTime();
    private final List<String> made = new ArrayList<>();

    Checks(String journey) {
        this.journey = journey;
    }

    /** For {@code as(…)}: the description of the check that follows. */
    String check(String description) {
        made.add(description);
        return journey + ": " + description;
    }

    /** Each of these is somewhere in what was sent. */
    void remembers(String description, List<String> sent, String... facts) {
        String told = check(description);
        for (String fact : facts) {
            assertThat(sent.stream().anyMatch(text -> text.contains(fact)))
                    .as("%s: %s in %s", told, fact, shortened(sent))
                    .isTrue();
        }
    }

    /** No file below this folder has any of these in it. */
    void nowhereIn(Path folder, String description, String... secrets) throws IOException {
        String told = check(description);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertThat(content.contains(secret))
                            .as("%s: %s in %s", told, secret, file)
                            .isFalse();
                }
            }
        }
    }

    private static List<String> shortened(List<String> texts) {
        return texts.stream()
                .map(text -> text.length() <= 80 ? text : text.substring(0, 80) + "…")
                .toList();
    }

    @Override
    public String toString() {
        return "journey %s: %d checks in %.1f s: %s"
                .formatted(journey, made.size(), (System.nanoTime() - started) / 1e9, String.join("; ", made));
    }
}
