package dev.sessionrelay.store.gist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one save says.
 *
 * @param ancestors the marks of the saves before it, the nearest first
 * @param manifest empty where the save is a deletion
 * @param transcript the files of the transcript in their order; none where the archive holds it as well
 * @param archive the files that hold all else, in their order
 */
record GistSave(
        List<String> ancestors, Optional<Manifest> manifest, List<GistPiece> transcript, List<GistPiece> archive) {
    private static final int FORMAT = 1;
    private static final int MOST_ANCESTORS = 50;

    GistSave {
        ancestors = ancestors.stream().limit(MOST_ANCESTORS).toList();
        transcript = List.copyOf(transcript);
        archive = List.copyOf(archive);
    }

    static GistSave deletion(List<String> ancestors) {
        return new GistSave(ancestors, Optional.empty(), List.of(), List.of());
    }

    /** All files that hold something of it. */
    List<GistPiece> pieces() {
        List<GistPiece> all = new ArrayList<>(transcript);
        all.addAll(archive);
        return all;
    }

    String write() {
        ObjectNode root = GitHub.JSON.createObjectNode();
        root.put("format", FORMAT);
        ArrayNode marks = root.putArray("ancestors");
        ancestors.forEach(marks::add);
        write(transcript, root.putArray("transcript"));
        write(archive, root.putArray("archive"));
        try {
            if (manifest.isPresent()) {
                root.set("manifest", GitHub.JSON.readTree(ManifestJson.write(manifest.get())));
            }
            return GitHub.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(List<GistPiece> pieces, ArrayNode into) {
        pieces.forEach(piece -> into.addObject().put("file", piece.name()).put("mark", piece.mark()));
    }

    static GistSave read(byte[] json, SaveName name, String where) {
        try {
            JsonNode root = GitHub.JSON.readTree(json);
            int format = root.path("format").asInt(0);
            if (format > FORMAT) {
                throw Failure.damaged(
                        where + " has format " + format + ", and this session-relay reads up to " + FORMAT,
                        "use a newer session-relay");
            }
            if (format < 1) {
                throw damaged(where, "it has no format number");
            }
            List<String> ancestors = new ArrayList<>();
            root.path("ancestors").forEach(mark -> ancestors.add(mark.asText()));
            if (name.isDeletion()) {
                return deletion(ancestors);
            }
            Manifest manifest = ManifestJson.read(GitHub.JSON.writeValueAsBytes(root.path("manifest")), where);
            if (!manifest.sessionId().equals(name.id())) {
                throw damaged(where, "it is of another session: " + manifest.sessionId());
            }
            return new GistSave(
                    ancestors, Optional.of(manifest), pieces(root.path("transcript")), pieces(root.path("archive")));
        } catch (JsonProcessingException e) {
            throw damaged(where, "it is not valid JSON");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<GistPiece> pieces(JsonNode nodes) {
        List<GistPiece> pieces = new ArrayList<>();
        nodes.forEach(node -> pieces.add(
                new GistPiece(node.path("file").asText(), node.path("mark").asText())));
        return pieces;
    }

    private static Failure damaged(String where, String why) {
        return Failure.damaged(
                where + " is damaged: " + why,
                "an earlier revision of the gist may be whole; else delete the gist, and save again from a machine that"
                        + " still has the session");
    }
}
