package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Samples;
import dev.sessionrelay.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/design/formats.md is true: a reader that knows no more than that page reads what the program stored. */
class FormatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = Samples.MEDIUM.id().text();

    @TempDir
    private Path temporary;

    /** Gives the bytes of a file below a session's place; a folder is all of its files in the order of their names. */
    @FunctionalInterface
    private interface Store {
        byte[] read(String path) throws IOException;
    }

    @Test
    void aFolderStoreIsAsDescribed() throws IOException {
        Path root = temporary.toRealPath().resolve("store");
        save("folder:" + root);
        assertThat(root.resolve("keys/pr-12")).hasContent(ID + "\n");
        Path session = root.resolve("sessions").resolve(ID);
        JsonNode manifest = JSON.readTree(session.resolve("manifest.json").toFile());

        readsEveryEntry(
                manifest, name -> concatenated(session.resolve("content").resolve(name)));
        for (JsonNode entry : manifest.path("entries")) {
            Path folder = session.resolve("content").resolve(entry.path("path").asText());
            long offset = 0;
            for (JsonNode segment : entry.path("segments")) {
                String name = entry.path("path").asText();
                String ending = name.substring(name.lastIndexOf('.'));
                String digest = segment.path("sha256").asText();
                assertThat(folder.resolve("%012d-%s%s".formatted(offset, digest.substring(0, 16), ending)))
                        .hasSize(segment.path("size").asLong());
                offset += segment.path("size").asLong();
            }
        }
    }

    @Test
    @Needs(Tool.GIT)
    void aBranchIsAsDescribed() throws IOException {
        Path repository = GitCommand.bare(temporary.resolve("sessions.git"));
        GitCommand git = GitCommand.in(repository);
        save("git:" + repository);
        String branch = "session-relay/pr-12";
        String session = branch + ":sessions/" + ID + "/";
        assertThat(git.run("show", branch + ":keys/pr-12")).isEqualTo(ID + "\n");
        JsonNode manifest = JSON.readTree(git.run("show", session + "manifest.json"));

        readsEveryEntry(manifest, name -> {
            String path = name.equals("transcript.jsonl") ? "transcript" : name;
            return git.run("cat-file", "-t", session + path).strip().equals("blob")
                    ? git.bytes("show", session + path)
                    : together(git, session + path);
        });
        assertThat(git.run("log", "--format=%B", branch)).contains("\nSession: " + ID, "\nKey: pr-12", "\nTurns: ");
    }

    private static byte[] together(GitCommand git, String folder) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name :
                git.run("ls-tree", "--name-only", folder).lines().sorted().toList()) {
            all.write(git.bytes("show", folder + "/" + name));
        }
        return all.toByteArray();
    }

    /** Every field that the program writes is in the page's table, and the example is a manifest that it reads. */
    @Test
    void theManifestHasNoOtherFields() throws IOException {
        Path root = temporary.toRealPath().resolve("store");
        save("folder:" + root);
        Path file = root.resolve("sessions").resolve(ID).resolve("manifest.json");
        ObjectNode manifest = (ObjectNode) JSON.readTree(file.toFile());
        Page page = Page.of("docs/design/formats.md");
        String table = page.table("| field | must be there |").stream()
                .map(row -> row.getFirst() + row.getLast())
                .collect(Collectors.joining());
        manifest.properties().forEach(field -> {
            assertThat(table).contains(field.getKey());
            if (field.getValue().isObject() && !field.getKey().equals("prepared")) {
                field.getValue().properties().forEach(inner -> assertThat(table).contains(inner.getKey()));
            }
        });

        String example = page.blocks().stream()
                .filter(block -> block.language().equals("json"))
                .map(block -> String.join("\n", block.lines()))
                .findFirst()
                .orElseThrow();
        String id = JSON.readTree(example).path("session_id").asText();
        Path other = Files.createDirectories(root.resolve("sessions").resolve(id));
        Files.writeString(other.resolve("manifest.json"), example);
        Machine.Run listed = Machine.at(temporary.resolve("reader")).run("list", "--store", "folder:" + root, "--json");
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out()).contains(id);
    }

    /** The statement that a signature is made over, computed from the stored manifest by the page's rules. */
    @Test
    @Needs(Tool.SSH_KEYGEN)
    void aStatementIsAsDescribed() throws IOException {
        Path root = temporary.toRealPath().resolve("store");
        Path key = KeyPairs.ssh("ed25519", temporary.resolve("key"), "").file();
        Machine machine = save("folder:" + root, "--sign-key", key.toString());
        ObjectNode manifest = (ObjectNode) JSON.readTree(
                root.resolve("sessions").resolve(ID).resolve("manifest.json").toFile());
        assertThat(manifest.remove("signature")).isNotNull();

        assertThat(machine.run("show", "folder:" + root + "/" + ID, "--statement")
                        .out())
                .isEqualTo("session-relay session 2\n" + JSON.writeValueAsString(sorted(manifest)) + "\n");
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields;
        }
        return node.isArray() ? node.valueStream().map(FormatsTest::sorted).toList() : node;
    }

    private Machine save(String store, String... more) throws IOException {
        Machine laptop = Machine.at(temporary.resolve("laptop"));
        Samples.MEDIUM.copyInto(laptop.project());
        String[] arguments = Stream.concat(
                        Stream.of("save", "--session-id", ID, "--key", "pr-12", "--store", store), Stream.of(more))
                .toArray(String[]::new);
        Machine.Run saved = laptop.run(arguments);
        assertThat(saved.exitCode()).as(saved.err()).isZero();
        return laptop;
    }

    private static void readsEveryEntry(JsonNode manifest, Store store) throws IOException {
        assertThat(manifest.path("format").asInt()).isEqualTo(1);
        assertThat(manifest.path("session_id").asText()).isEqualTo(ID);
        assertThat(manifest.path("entries")).hasSizeGreaterThan(1);
        for (JsonNode entry : manifest.path("entries")) {
            byte[] bytes = store.read(entry.path("path").asText());
            assertThat(bytes).hasSize(entry.path("size").asInt());
            assertThat(sha256(bytes)).isEqualTo(entry.path("sha256").asText());
            long segments = entry.path("segments")
                    .valueStream()
                    .mapToLong(segment -> segment.path("size").asLong())
                    .sum();
            assertThat(segments).isEqualTo(entry.path("size").asLong());
        }
    }

    private static byte[] concatenated(Path folder) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.sorted().toList();
        }
        for (Path file : files) {
            all.write(Files.readAllBytes(file));
        }
        return all.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theReadmeOfAStoreNamesNothingElse() throws IOException {
        Path root = temporary.toRealPath().resolve("store");
        save("folder:" + root);
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsExactlyInAnyOrder(".lock", "README.md", "keys", "sessions");
        }
        assertThat(new String(Files.readAllBytes(root.resolve("README.md")), StandardCharsets.UTF_8))
                .contains("sessions/<id>/manifest.json");
    }
}
