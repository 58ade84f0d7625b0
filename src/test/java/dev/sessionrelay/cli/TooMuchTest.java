package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that never end, are no files, or are made to exhaust whoever reads them. */
class TooMuchTest {
    private static final SessionId ID = Conversation.id(1);

    private Path root;
    private Path store;
    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path temp) throws Exception {
        root = temp.toRealPath();
        store = root.resolve("store");
        machine = Machine.at(root.resolve("machine"));
        Stores.open("folder:" + store, new StoreContext(Map.of(), root, Map.of()))
                .save(Bundles.of(ID).build(), Optional.empty());
    }

    private Path manifest() {
        return store.resolve("sessions").resolve(ID.text()).resolve("manifest.json");
    }

    static void replace(Path file, String by) throws IOException {
        Files.deleteIfExists(file);
        switch (by) {
            case "/dev/zero" -> Files.createSymbolicLink(file, Path.of(by));
            case "pipe" -> OutsideCommand.make("mkfifo", file.toString());
            case "folder" -> Files.createDirectory(file);
            case "3 GB" -> {
                try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                    large.setLength(3L << 30);
                }
            }
            default -> throw new AssertionError(by);
        }
    }

    private Machine.Run run(String... arguments) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> machine.run(arguments));
    }

    @ParameterizedTest
    @CsvSource({
        "manifest, /dev/zero", "manifest, pipe", "manifest, 3 GB", "manifest, folder",
        "key, /dev/zero", "key, pipe", "key, 3 GB", "key, folder",
        "segment, /dev/zero", "segment, pipe", "segment, 3 GB",
    })
    void refusesFilesOfAStoreThatAreNone(String what, String by) throws IOException {
        Path segment;
        try (var parts = Files.walk(manifest().resolveSibling("content"))) {
            segment = parts.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        replace(
                switch (what) {
                    case "manifest" -> manifest();
                    case "key" -> store.resolve("keys/pr-12");
                    default -> segment;
                },
                by);

        Machine.Run refused = run("restore", "--store", "folder:" + store, "--key", "pr-12");

        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains(store.toString()).doesNotContain("bug");
        assertThat(machine.claude()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "pipe", "folder"})
    void savesNoTranscriptThatIsNone(String by) throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));
        replace(machine.transcript(ID), by);

        Machine.Run byId = run("save", "--session-id", ID.text(), "--store", "folder:" + root.resolve("other"));
        Machine.Run newest = run("save", "--store", "folder:" + root.resolve("other"));
        Machine.Run found = run("find", "--explain");

        assertThat(byId.exitCode()).as(byId.err()).isIn(1, 2, 3, 5);
        assertThat(newest.exitCode()).as(newest.err()).isEqualTo(1);
        assertThat(found.exitCode()).as(found.err()).isEqualTo(1);
        assertThat(byId.err() + newest.err() + found.err()).doesNotContain("bug");
        assertThat(root.resolve("other/sessions")).doesNotExist();
    }

    @Test
    void passesOverPipesAndDevicesBesideATranscript() throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));
        Path results = Files.createDirectories(machine.project().resolve(ID + "/tool-results"));
        for (String by : new String[] {"/dev/zero", "pipe"}) {
            replace(Files.createFile(results.resolve(by.replace("/", "") + ".txt")), by);
        }

        Machine.Run saved = run("save", "--json", "--store", "folder:" + root.resolve("other"));

        assertThat(saved.exitCode()).as(saved.err()).isZero();
        assertThat(root.resolve("other/sessions/" + ID + "/content/tool-results"))
                .doesNotExist();
    }

    @Test
    void refusesAManifestOfManyNames() throws IOException {
        String json = Files.readString(manifest());
        try (Writer out = Files.newBufferedWriter(manifest())) {
            out.write(json.substring(0, json.lastIndexOf('}')));
            for (int i = 0; i < 3_000_000; i++) {
                out.write(",\"n" + i + "\":1");
            }
            out.write("}");
        }

        requireDamaged(run("show", "folder:" + store + "/" + ID));
    }

    @Test
    void refusesAManifestOfManySegments() throws IOException {
        String json = Files.readString(manifest());
        int at = json.indexOf("\"segments\"");
        String digest = json.substring(json.lastIndexOf("\"sha256\"") + 12).replaceAll("(?s)\".*", "");
        try (Writer out = Files.newBufferedWriter(manifest())) {
            out.write(json.substring(0, at) + "\"segments\":[");
            for (int i = 0; i < 400_000; i++) {
                out.write((i == 0 ? "" : ",") + "{\"size\":1,\"sha256\":\"" + digest + "\"}");
            }
            out.write("]}]}");
        }

        requireDamaged(run("show", "folder:" + store + "/" + ID));
    }

    private void requireDamaged(Machine.Run refused) {
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains("is damaged").doesNotContain("bug");
    }
}
