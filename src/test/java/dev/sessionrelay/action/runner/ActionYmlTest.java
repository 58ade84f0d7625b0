package dev.sessionrelay.action.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What action.yml promises and what the program reads and writes are the same. */
class ActionYmlTest {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));

    @Test
    void listsEveryOutput() throws IOException {
        assertThat(names("action.yml", "outputs"))
                .containsExactlyElementsOf(
                        Arrays.stream(Output.values()).map(Output::inYaml).toList());
    }

    @Test
    void listsEveryInput() throws IOException {
        List<String> read = Arrays.stream(Inputs.class.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
        assertThat(names("action.yml", "inputs")).containsExactlyElementsOf(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"save", "restore"})
    void theHalvesPromiseNothingElse(String half) throws IOException {
        assertThat(names("action.yml", "inputs")).containsAll(names(half + "/action.yml", "inputs"));
        assertThat(names("action.yml", "outputs")).containsAll(names(half + "/action.yml", "outputs"));
        assertThat(names(half + "/action.yml", "inputs")).doesNotContain("mode").isNotEmpty();
        assertThat(Files.readString(PROJECT.resolve(half + "/action.yml")))
                .contains("image: '../Dockerfile'")
                .contains("    - 'action'\n    - '" + half + "'\n")
                .doesNotContain("post-entrypoint");
    }

    /** The names below a key of the first level. */
    private static List<String> names(String file, String section) throws IOException {
        List<String> names = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PROJECT.resolve(file))) {
            if (!line.startsWith(" ") && !line.isBlank()) {
                inside = line.equals(section + ":");
            } else if (inside && line.matches("  [a-z][a-z-]*:")) {
                names.add(line.strip().replace(":", ""));
            }
        }
        return names;
    }
}
