package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CONTRIBUTING and the design pages send a reader to is there. */
class WhereToLookTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String SOURCES = "src/main/java/dev/sessionrelay/";
    private static final int TASKS = 10;

    @Test
    void namesFilesThatExist() {
        List<List<String>> rows = Page.of("CONTRIBUTING.md").table("| you want to |");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(TASKS);
        assertThat(rows).allSatisfy(row -> {
            List<String> files = codes(row.getLast());
            assertThat(files).as(row.getFirst()).isNotEmpty();
            assertThat(files)
                    .allSatisfy(file -> assertThat(exists(file)).as(file).isTrue());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/design/README.md", "build/README.md", "bench/README.md"})
    void tablesOfFilesNameFilesThatExist(String page) {
        String folder = page.startsWith("docs/") ? "" : page.replaceFirst("[^/]*$", "");
        List<List<String>> rows = Page.of(page).lines().stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.split("\\|", -1)))
                .toList();
        assertThat(rows).isNotEmpty();
        assertThat(rows)
                .allSatisfy(row -> assertThat(codes(row.get(1)))
                        .allSatisfy(file ->
                                assertThat(exists(folder + file)).as(file).isTrue()));
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static boolean exists(String file) {
        return Files.exists(Page.PROJECT.resolve(file)) || Files.exists(Page.PROJECT.resolve(SOURCES + file));
    }
}
