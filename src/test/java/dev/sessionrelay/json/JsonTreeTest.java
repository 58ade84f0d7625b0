package dev.sessionrelay.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to Jackson's own mapper, in whose place it stands. */
class JsonTreeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "null",
                "true",
                "{}",
                "[]",
                "[[],{},[{}]]",
                "{\"a\":1,\"b\":[true,false,null,\"x\"],\"a\":2}",
                "[0,-1,2147483647,2147483648,-9223372036854775808,9223372036854775808,123456789012345678901234567890]",
                "[0.1,1e3,1.5E-7,100.0,-0.0,1e308,123456789.123456789]",
                "\"\\u00e9\\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u2028 \u00e9\"",
                "{\"\":{\"\\u0041\":[]}} trailing",
            })
    void readsAndWritesAsTheMapperDoes(String json) throws IOException {
        JsonNode expected = MAPPER.readTree(json);

        assertThat(JsonTree.USUAL.read(json)).isEqualTo(expected);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonTree.USUAL.read(bytes)).isEqualTo(expected);
        assertThat(JsonTree.USUAL.read(new ByteArrayInputStream(bytes))).isEqualTo(expected);
        if (!expected.isMissingNode()) {
            writesAsTheMapperDoes(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Samples.class)
    void readsAndWritesTranscripts(Samples sample) throws IOException {
        for (String line : Files.readAllLines(sample.transcript())) {
            JsonNode record = JsonTree.USUAL.read(line);
            assertThat(record).isEqualTo(MAPPER.readTree(line));
            writesAsTheMapperDoes(record);
        }
    }

    private static void writesAsTheMapperDoes(JsonNode tree) throws IOException {
        assertThat(JsonTree.text(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
        assertThat(JsonTree.prettyText(tree))
                .isEqualTo(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1,", "{\"a\"", "{\"a\":", "\"x", "{a:1}", "nul", "[1 2]", "{\"a\" 1}", "NaN", "\u0001"})
    void refusesWhatIsNoJson(String json) {
        assertThatThrownBy(() -> JsonTree.USUAL.read(json)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> MAPPER.readTree(json)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void keepsToItsLimits() throws IOException {
        JsonTree flat =
                new JsonTree(StreamReadConstraints.builder().maxNestingDepth(2).build());

        assertThat(flat.read("[[1]]").at("/0/0").asInt()).isEqualTo(1);
        assertThatThrownBy(() -> flat.read("[[[1]]]")).isInstanceOf(JsonProcessingException.class);
    }
}
