package dev.sessionrelay.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The manifest as JSON. What is read comes from a store and is trusted in nothing: every field is checked, and limits
 * stand against a manifest that was made to exhaust whoever reads it.
 */
public final class ManifestJson {
    /** What an open session has; those who read no more than that must not take a sealed one for a conversation. */
    public static final int FORMAT = 1;

    public static final int SEALED_FORMAT = 2;
    public static final int LARGEST = 48 << 20;

    private static final int MOST_VALUES = 1_500_000;
    private static final int MOST_OF_A_SIGNATURE = 1 << 16;
    private static final long MOST_COUNTED = 1L << 53;
    private static final JsonTree JSON = new JsonTree(
            StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(1 << 16)
                    .maxNameLength(1000)
                    .maxTokenCount(MOST_VALUES)
                    .maxDocumentLength(LARGEST)
                    .build(),
            true);

    private ManifestJson() {}

    public static byte[] write(Manifest manifest) {
        return (JsonTree.prettyText(tree(manifest)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode tree(Manifest manifest) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", manifest.seal().isPresent() ? SEALED_FORMAT : FORMAT);
        root.put("session_id", manifest.sessionId().text());
        manifest.key().ifPresent(key -> root.put("key", key));
        manifest.continues().ifPresent(id -> root.put("continues", id.text()));
        if (manifest.counter() > 0) {
            root.put("counter", manifest.counter());
        }
        writeOrigin(manifest.origin(), root.putObject("saved"));
        if (manifest.seal().isPresent()) {
            writeSeal(manifest.seal().get(), root.putObject("sealed"));
        } else {
            FactsJson.write(manifest.facts(), root);
            writePrepared(manifest.prepared(), root);
        }
        if (manifest.signature().isPresent()) {
            ArrayNode lines = root.putArray("signature");
            manifest.signature().get().lines().forEach(lines::add);
        }
        ArrayNode entries = root.putArray("entries");
        manifest.entries().forEach(entry -> writeEntry(entry, entries.addObject()));
        return root;
    }

    /** The manifest inside in lines, so that {@code jq -r '.sealed.manifest[]' manifest.json | age -d} shows it. */
    private static void writeSeal(Seal seal, ObjectNode sealed) {
        ArrayNode to = sealed.putArray("to");
        seal.to().forEach(to::add);
        ArrayNode lines = sealed.putArray("manifest");
        seal.manifest().lines().forEach(lines::add);
    }

    private static void writePrepared(Changes prepared, ObjectNode root) {
        ObjectNode node = root.putObject("prepared");
        ObjectNode leftOut = node.putObject("left_out");
        new TreeMap<>(prepared.leftOut()).forEach(leftOut::put);
        node.put("bytes_left_out", prepared.bytesLeftOut());
        if (prepared.edited() > 0) {
            node.put("edited", prepared.edited());
        }
        if (!prepared.redacted().isEmpty()) {
            ObjectNode redacted = node.putObject("redacted");
            new TreeMap<>(prepared.redacted()).forEach((rule, files) -> {
                ObjectNode counts = redacted.putObject(rule);
                new TreeMap<>(files).forEach(counts::put);
            });
        }
        if (prepared.reparented() > 0) {
            root.putObject("merged").put("reparented", prepared.reparented());
        }
    }

    private static void writeOrigin(Origin origin, ObjectNode saved) {
        saved.put("at", origin.savedAt().toString());
        saved.put("source", origin.source());
        saved.put("relay_version", origin.relayVersion());
        new TreeMap<>(origin.details()).forEach(saved::put);
    }

    private static void writeEntry(Entry entry, ObjectNode node) {
        node.put("path", entry.name().text());
        node.put("size", entry.size());
        node.put("sha256", entry.digest().hex());
        ArrayNode segments = node.putArray("segments");
        for (Segment segment : entry.segments()) {
            segments.addObject()
                    .put("size", segment.size())
                    .put("sha256", segment.digest().hex());
        }
    }

    /** @param where names the manifest to a person, for the case that it is damaged */
    public static Manifest read(byte[] json, String where) {
        return read(json, where, ManifestJson::exactly);
    }

    /** What a signature cannot cover must not lie beside what it does. */
    private static Manifest exactly(JsonNode root) throws IOException {
        Manifest manifest = manifest(root);
        boolean isExact = manifest.signature().isEmpty()
                || JSON.read(JsonTree.text(tree(manifest))).equals(root);
        return manifest.withExact(isExact);
    }

    /** Makes something of a manifest's tree. */
    @FunctionalInterface
    interface FieldReader<T> {
        T read(JsonNode root) throws IOException;
    }

    static <T> T read(byte[] json, String where, FieldReader<T> reader) {
        try {
            JsonNode root = JSON.read(json);
            if (!root.isObject()) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            long format = root.path("format").asLong(0);
            if (format > SEALED_FORMAT) {
                throw Failure.damaged(
                        where + " has format " + format + ", and this session-relay reads up to " + SEALED_FORMAT,
                        "use a newer session-relay");
            }
            if (format < 1) {
                throw new IllegalArgumentException("it has no format number");
            }
            return reader.read(root);
        } catch (JsonProcessingException e) {
            boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
            throw damaged(
                    where, (twice ? "it has a field twice" : "it is not valid JSON") + " (line " + lineOf(e) + ")");
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw damaged(where, String.valueOf(e.getMessage()));
        }
    }

    private static int lineOf(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static Failure damaged(String where, String why) {
        return Failure.damaged(
                where + " is damaged: " + SafeText.of(why, 300),
                "restore an earlier save, or move this one aside and save again from a machine that still has the session");
    }

    static Manifest manifest(JsonNode root) {
        String id = required(root, "session_id");
        if (!SessionId.isOne(id)) {
            throw new IllegalArgumentException("its session_id is no UUID");
        }
        JsonNode entryNodes = root.path("entries");
        if (!entryNodes.isArray() || entryNodes.size() > EntryBounds.MOST_ENTRIES) {
            throw new IllegalArgumentException("it lists no entries, or more than " + EntryBounds.MOST_ENTRIES);
        }
        List<Entry> entries = new ArrayList<>();
        EntryBounds bounds = new EntryBounds();
        for (JsonNode node : entryNodes) {
            Entry entry = entry(node);
            bounds.add(entry);
            entries.add(entry);
        }
        Optional<Seal> seal = seal(root, entries);
        return new Manifest(
                new SessionId(id),
                optional(root, "key"),
                optional(root, "continues").flatMap(SessionId::in),
                seal.isPresent() ? TranscriptFacts.UNKNOWN : FactsJson.read(root),
                origin(root.path("saved")),
                seal.isPresent() ? Changes.NOTHING : prepared(root.path("prepared"), root.path("merged")),
                entries,
                seal,
                lines(root.path("signature"), MOST_OF_A_SIGNATURE),
                root.has("counter") ? counter(number(root, "counter")) : 0,
                true);
    }

    private static long counter(long number) {
        if (number < 1 || number > MOST_COUNTED) {
            throw new IllegalArgumentException("its counter is out of range");
        }
        return number;
    }

    private static Optional<String> lines(JsonNode array, int most) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : array) {
            text.append(line.asText()).append('\n');
            if (text.length() > most) {
                throw new IllegalArgumentException("its signature has no end");
            }
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    private static Optional<Seal> seal(JsonNode root, List<Entry> files) {
        if (root.path("format").asLong() < SEALED_FORMAT) {
            return Optional.empty();
        }
        List<String> to = new ArrayList<>();
        root.path("sealed").path("to").forEach(key -> to.add(Seal.keyIn(key.asText())));
        String manifest =
                lines(root.path("sealed").path("manifest"), Integer.MAX_VALUE).orElse("");
        return Optional.of(new Seal(to, manifest, files));
    }

    private static Origin origin(JsonNode saved) {
        Map<String, String> details = new LinkedHashMap<>();
        saved.properties().forEach(field -> {
            if (!List.of("at", "source", "relay_version").contains(field.getKey())
                    && field.getValue().isTextual()) {
                details.put(field.getKey(), field.getValue().asText());
            }
        });
        return new Origin(
                Instant.parse(required(saved, "at")),
                optional(saved, "source").orElse("local"),
                optional(saved, "relay_version").orElse("unknown"),
                details);
    }

    private static Changes prepared(JsonNode node, JsonNode merged) {
        Map<String, Map<String, Long>> redacted = new TreeMap<>();
        node.path("redacted").properties().forEach(rule -> redacted.put(rule.getKey(), counts(rule.getValue())));
        return new Changes(
                counts(node.path("left_out")),
                node.path("bytes_left_out").asLong(0),
                node.path("edited").asLong(0),
                merged.path("reparented").asLong(0),
                redacted);
    }

    private static Map<String, Long> counts(JsonNode node) {
        Map<String, Long> counts = new TreeMap<>();
        node.properties()
                .forEach(field -> counts.put(field.getKey(), field.getValue().asLong(0)));
        return counts;
    }

    private static Entry entry(JsonNode node) {
        EntryName name = new EntryName(required(node, "path"));
        List<Segment> segments = new ArrayList<>();
        for (JsonNode segment : node.path("segments")) {
            segments.add(new Segment(number(segment, "size"), new Digest(required(segment, "sha256"))));
        }
        return new Entry(name, number(node, "size"), new Digest(required(node, "sha256")), segments);
    }

    private static String required(JsonNode node, String field) {
        return optional(node, field).orElseThrow(() -> new IllegalArgumentException("its " + field + " is missing"));
    }

    static Optional<String> optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("its " + field + " is no number");
        }
        return value.longValue();
    }
}
