package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/action.md lists the inputs and outputs that action.yml has, in its words. */
class ActionPageTest {
    private static final Page PAGE = Page.of("docs/action.md");

    @Test
    void listsTheInputsOfActionYml() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        action("action.yml").path("inputs").properties().forEach(input -> {
            String usual = input.getValue().path("default").asText("");
            rows.add(List.of(
                    "`" + input.getKey() + "`",
                    usual.isEmpty() ? "" : "`" + usual + "`",
                    cell(input.getValue().path("description").asText())));
        });
        assertThat(PAGE.table("| input | default |"))
                .as("this is the table:%n%s%n", pasted(rows))
                .isEqualTo(rows);
    }

    @Test
    void listsTheOutputsOfActionYml() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        action("action.yml")
                .path("outputs")
                .properties()
                .forEach(output -> rows.add(List.of(
                        "`" + output.getKey() + "`",
                        cell(output.getValue().path("description").asText()))));
        assertThat(PAGE.table("| output |"))
                .as("this is the table:%n%s%n", pasted(rows))
                .isEqualTo(rows);
    }

    /** The two halves have the same inputs, but for those that the page names. */
    @Test
    void namesWhatAHalfDoesNotHave() throws IOException {
        JsonNode whole = action("action.yml").path("inputs");
        for (String half : List.of("save", "restore")) {
            JsonNode own = action(half + "/action.yml").path("inputs");
            String missing = whole.properties().stream()
                    .map(input -> input.getKey())
                    .filter(name -> !own.has(name))
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", "));
            assertThat(PAGE.table("| half |")).contains(List.of("`" + half + "`", missing));
        }
    }

    private static JsonNode action(String file) throws IOException {
        return new YAMLMapper().readTree(Page.PROJECT.resolve(file).toFile());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static String pasted(List<List<String>> rows) {
        return rows.stream().map(row -> "| " + String.join(" | ", row) + " |").collect(Collectors.joining("\n"));
    }
}
