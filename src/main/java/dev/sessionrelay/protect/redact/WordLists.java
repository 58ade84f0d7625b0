package dev.sessionrelay.protect.redact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the lists that come with the program: a word a line, in sections that begin with {@code [NAME]}. */
final class WordLists {

    private WordLists() {}

    /** All lines but comments, in which a {@code ·} stands for a blank, so that one at a line's end is seen. */
    static Map<String, List<String>> sections(String resource) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (String line : lines(resource)) {
            if (line.startsWith("[") && line.endsWith("]")) {
                words = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), words);
            } else {
                words.add(line.replace('\u00b7', ' '));
            }
        }
        return sections;
    }

    static List<String> lines(String resource) {
        try (InputStream in = WordLists.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# ") && !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
