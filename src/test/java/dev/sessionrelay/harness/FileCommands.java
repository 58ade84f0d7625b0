package dev.sessionrelay.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the files that a step writes for its job ({@code GITHUB_OUTPUT} and the like) exactly as the runner does. */
final class FileCommands {
    private final String text;
    private int at;

    private FileCommands(String text) {
        this.text = text;
    }

    /** What the runner makes of such a file. What it would fail the step for is an error here. */
    static Map<String, String> parse(Path file) throws IOException {
        return new FileCommands(Files.readString(file)).read();
    }

    static Map<String, String> parse(String text) {
        return new FileCommands(text).read();
    }

    private Map<String, String> read() {
        var pairs = new LinkedHashMap<String, String>();
        while (at < text.length()) {
            String line = nextLine();
            if (line.isEmpty()) {
                continue;
            }
            int equals = line.indexOf('=');
            int heredoc = line.indexOf("<<");
            if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
                put(pairs, line.substring(0, equals), line.substring(equals + 1), line);
            } else if (heredoc >= 0) {
                put(pairs, line.substring(0, heredoc), heredoc(line, line.substring(heredoc + 2)), line);
            } else {
                throw new IllegalArgumentException("Invalid format '" + line + "'");
            }
        }
        return pairs;
    }

    private static void put(Map<String, String> pairs, String name, String value, String line) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Invalid format '" + line + "'. Name must not be empty");
        }
        pairs.put(name, value);
    }

    private String heredoc(String line, String delimiter) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("Invalid format '" + line + "'. Delimiter must not be empty");
        }
        var value = new StringBuilder();
        while (at < text.length()) {
            int begin = at;
            String next = nextLine();
            if (next.equals(delimiter)) {
                // The newline before the delimiter belongs to the delimiter.
                return value.isEmpty() ? "" : value.substring(0, value.length() - 1);
            }
            value.append(text, begin, at);
        }
        throw new IllegalArgumentException("Matching delimiter not found '" + delimiter + "'");
    }

    /** On Linux only a line feed ends a line; a carriage return stays. */
    private String nextLine() {
        int end = text.indexOf('\n', at);
        String line = end < 0 ? text.substring(at) : text.substring(at, end);
        at = end < 0 ? text.length() : end + 1;
        return line;
    }
}
