package dev.sessionrelay.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a signature of a session is made of: the whole manifest but for the signature itself, the same whatever program
 * wrote it and however. So nothing that a restore uses stands outside of it: the key that the session is to be found
 * under, its title and place, every file by its digest, and which of its saves this is.
 */
public record Statement(String text) {
    /** What the signature is made for, in OpenSSH's words. */
    public static final String NAMESPACE = "session-relay";

    /** One line that names the form, and one of JSON, its names in order, without white space. */
    public static Statement of(Manifest manifest) {
        ObjectNode tree = ManifestJson.tree(manifest.asStored());
        tree.remove("signature");
        return new Statement("session-relay session 2\n" + JsonTree.text(inOrder(tree)) + "\n");
    }

    private static JsonNode inOrder(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), inOrder(field.getValue())));
            object.setAll(fields);
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(inOrder(element)));
            return array;
        }
        return node;
    }

    /**
     * What was signed before there was a counter. It names the files, and who saved them under which key; what a save
     * tells of their content is not in it.
     */
    public static Statement ofFirstForm(Manifest manifest) {
        Manifest stored = manifest.asStored();
        StringBuilder text = new StringBuilder("session-relay session 1\n");
        line(text, "session", stored.sessionId().text());
        stored.key().ifPresent(key -> line(text, "key", key));
        stored.continues().ifPresent(id -> line(text, "continues", id.text()));
        line(text, "saved", stored.origin().savedAt().toString());
        line(text, "source", stored.origin().source());
        for (Map.Entry<String, String> detail : new TreeMap<>(stored.origin().details()).entrySet()) {
            line(text, "saved-" + detail.getKey(), detail.getValue());
        }
        stored.seal().ifPresent(seal -> {
            seal.to().forEach(key -> line(text, "sealed-to", key));
            byte[] inside = seal.manifest().strip().getBytes(StandardCharsets.UTF_8);
            line(text, "sealed-manifest", Digest.of(inside).hex());
        });
        for (Entry entry : stored.entries()) {
            line(text, "file", entry.digest() + " " + entry.size() + " " + entry.name());
        }
        return new Statement(text.toString());
    }

    /** A value cannot begin a line of its own. */
    private static void line(StringBuilder text, String name, String value) {
        text.append(escaped(name)).append(": ").append(escaped(value)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
