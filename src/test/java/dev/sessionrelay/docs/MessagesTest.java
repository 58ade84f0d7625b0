package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A message that a page quotes is one that the program has, so that people who search for it find the page. */
class MessagesTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    /** What stands for a part that differs each time. */
    private static final Pattern VARIABLE = Pattern.compile("…|\\.session-relay\\.toml|\\d+|\"");

    private static final int SHORTEST = 8;
    private static final String SOURCES = sources();

    static List<Page> pages() {
        return Page.all().stream()
                .filter(page -> page.lines().stream().anyMatch(MessagesTest::isHead))
                .toList();
    }

    private static boolean isHead(String line) {
        return line.startsWith("| it says |");
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(Page.PROJECT.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessagesTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return JOINED.matcher(Files.readString(file)).replaceAll("").replace("\\\"", "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void quotesWhatTheProgramSays(Page page) {
        List<String> unknown = new ArrayList<>();
        for (List<String> row : page.table("| it says |")) {
            CODE.matcher(row.getFirst()).results().map(found -> found.group(1)).forEach(message -> {
                VARIABLE.splitAsStream(message)
                        .map(String::strip)
                        .filter(part -> part.length() >= SHORTEST && !SOURCES.contains(part))
                        .forEach(part -> unknown.add(message + ": " + part));
            });
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void thereAreTablesOfMessages() {
        assertThat(pages()).hasSizeGreaterThan(8);
    }
}
