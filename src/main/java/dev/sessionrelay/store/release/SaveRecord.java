package dev.sessionrelay.store.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one save says: the manifest, which asset holds the archive, and the saves that it came from.
 *
 * @param manifest empty where the save is a deletion
 * @param ancestors the marks of the saves before it, the nearest first
 */
record SaveRecord(int generation, Optional<Manifest> manifest, long archive, List<String> ancestors) {
    static final String NO_PARENT = "first";
    private static final int FORMAT = 1;
    private static final int MOST_ANCESTORS = 50;
    private static final int MARK_DIGITS = 16;

    SaveRecord {
        ancestors = ancestors.stream().limit(MOST_ANCESTORS).toList();
    }

    /** A commit as it is stored. Its mark stands for exactly these bytes. */
    record WrittenRecord(String json, String mark) {}

    WrittenRecord write() {
        ObjectNode root = GitHub.JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("save", generation);
        ArrayNode marks = root.putArray("ancestors");
        ancestors.forEach(marks::add);
        try {
            if (manifest.isPresent()) {
                root.put("archive", archive);
                root.set("manifest", GitHub.JSON.readTree(ManifestJson.write(manifest.get())));
            } else {
                root.put("deleted", true);
            }
            String json = GitHub.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
            return new WrittenRecord(json, markOf(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String markOf(byte[] json) {
        return Digest.of(json).hex().substring(0, MARK_DIGITS);
    }

    static SaveRecord read(byte[] json, AssetName.Committed name, String where) {
        try {
            JsonNode root = GitHub.JSON.readTree(json);
            int format = root.path("format").asInt(0);
            if (format > FORMAT) {
                throw Failure.damaged(
                        where + " has format " + format + ", and this session-relay reads up to " + FORMAT,
                        "use a newer session-relay");
            }
            if (format < 1 || root.path("save").asInt() != name.generation()) {
                throw damaged(where, "it does not say what its name says");
            }
            List<String> ancestors = new ArrayList<>();
            root.path("ancestors").forEach(mark -> ancestors.add(mark.asText()));
            if (root.path("deleted").asBoolean()) {
                return new SaveRecord(name.generation(), Optional.empty(), 0, ancestors);
            }
            Manifest manifest = ManifestJson.read(GitHub.JSON.writeValueAsBytes(root.path("manifest")), where);
            if (!manifest.sessionId().equals(name.id())) {
                throw damaged(where, "it is of another session: " + manifest.sessionId());
            }
            return new SaveRecord(
                    name.generation(),
                    Optional.of(manifest),
                    root.path("archive").asLong(),
                    ancestors);
        } catch (JsonProcessingException e) {
            throw damaged(where, "it is not valid JSON");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Failure damaged(String where, String why) {
        return Failure.damaged(
                where + " is damaged: " + why, "delete it, and save again from a machine that still has the session");
    }
}
