package dev.sessionrelay.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is sealed in a manifest: the manifest of the content, and to whom it is sealed. That list also stands outside,
 * where everybody who can write to the store can change it.
 *
 * @param to empty in what was sealed before the list was put inside
 */
public record SealedManifestJson(Manifest manifest, Optional<List<String>> to) {
    private static final String TO = "sealed_to";

    public static byte[] write(Manifest manifest, List<String> to) {
        ObjectNode tree = ManifestJson.tree(manifest.withSeal(Optional.empty()));
        ArrayNode keys = tree.putArray(TO);
        to.forEach(keys::add);
        return JsonTree.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    public static SealedManifestJson read(byte[] json, String where) {
        return ManifestJson.read(
                json, where, tree -> new SealedManifestJson(ManifestJson.manifest(tree), keys(tree.path(TO))));
    }

    private static Optional<List<String>> keys(JsonNode array) {
        List<String> to = new ArrayList<>();
        array.forEach(key -> to.add(Seal.keyIn(key.asText())));
        return to.isEmpty() ? Optional.empty() : Optional.of(to);
    }
}
