package dev.sessionrelay.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as a tree, just as Jackson's own mapper does. That one also knows how to map classes, and takes
 * longer to get ready for it than a short run takes in all.
 */
public final class JsonTree {
    /** With Jackson's own limits. */
    public static final JsonTree USUAL = new JsonTree(StreamReadConstraints.defaults());

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonFactory factory;
    private final boolean strict;

    public JsonTree(StreamReadConstraints limits) {
        this(limits, false);
    }

    /**
     * @param strict whether a document that could be read in two ways is refused: with a name twice, or more behind
     * it
     */
    public JsonTree(StreamReadConstraints limits, boolean strict) {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                // Names from outside are as many as somebody likes; they are not to fill a table that is never emptied.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
        this.strict = strict;
    }

    /** The first value; a missing node where there is none. */
    public JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            return first(parser);
        }
    }

    public JsonNode read(String json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            return first(parser);
        }
    }

    public JsonNode read(InputStream json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            return first(parser);
        }
    }

    private JsonNode first(JsonParser parser) throws IOException {
        JsonNode first = parser.nextToken() == null ? MissingNode.getInstance() : value(parser);
        if (strict && parser.nextToken() != null) {
            throw new JsonParseException(parser, "something stands behind it");
        }
        return first;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** In one line. */
    public static String text(JsonNode tree) {
        return text(tree, null);
    }

    /** In one line for a terminal or a log: what would be hidden there, or drive it, is written as an escape. */
    public static String printableText(JsonNode tree) {
        return SafeText.inJson(text(tree));
    }

    public static String prettyText(JsonNode tree) {
        return text(tree, new DefaultPrettyPrinter());
    }

    private static String text(JsonNode tree, @Nullable PrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = USUAL.factory.createGenerator(text)) {
            out.setPrettyPrinter(printer);
            write(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> property : node.properties()) {
                    out.writeFieldName(property.getKey());
                    write(property.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NUMBER -> out.writeNumber(node.asText());
            default -> out.writeNull();
        }
    }
}
