package dev.sessionrelay.protect.redact.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the tables. {@code == name} begins a kind, all lines up to the next one are its text; {@code | env NAME} behind
 * the name puts the value into the environment.
 */
final class Kinds {
    static final List<String> FAMILIES = List.of(
            "private-keys",
            "code-hosts",
            "clouds",
            "registries",
            "models",
            "services",
            "connection-strings",
            "headers",
            "env",
            "config",
            "infrastructure",
            "credential-files",
            "commands",
            "sql",
            "output",
            "code",
            "disguises",
            "prose");
    static final String ORDINARY = "ordinary";

    private Kinds() {}

    static List<Kind> all() {
        return FAMILIES.stream().flatMap(family -> of(family).stream()).toList();
    }

    static List<Kind> of(String family) {
        List<Kind> kinds = new ArrayList<>();
        for (String part : table(family).split("(?m)^== ", -1)) {
            int end = part.indexOf('\n');
            if (part.isBlank() || part.startsWith("#")) {
                continue;
            }
            String[] heading = part.substring(0, end).split(" \\| env ", -1);
            String variable = heading.length == 1 ? "" : heading[1].strip();
            kinds.add(
                    new Kind(family, heading[0].strip(), part.substring(end + 1).stripTrailing(), variable));
        }
        return kinds;
    }

    private static String table(String family) {
        try (InputStream in = Objects.requireNonNull(Kinds.class.getResourceAsStream(family + ".txt"), family)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
