package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with what the program is given: it says what, ends as promised, and has changed nothing. */
class BadInputTest {
    private static final SessionId ID = Conversation.id(1);
    private static final int NOTHING_FOUND = 1;
    private static final int BAD_INPUT = 2;
    private static final int NOT_ALLOWED = 3;
    private static final int UNREACHABLE = 5;
    private static final int DAMAGED = 6;

    private Path root;
    private Path store;
    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        store = root.resolve("store");
        machine = Machine.at(root.resolve("machine"));
    }

    @Test
    void withoutClaudeCode() throws IOException {
        refused(
                NOTHING_FOUND,
                List.of(
                        "no Claude Code sessions on this machine",
                        machine.claude().toString()),
                "save");
        refused(NOTHING_FOUND, List.of("no Claude Code sessions"), "find");
        machine.without("HOME");
        refused(BAD_INPUT, List.of("neither CLAUDE_CONFIG_DIR nor HOME", "--claude-home"), "find");
    }

    @Test
    void aClaudeHomeThatIsAFile() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "x");

        refused(BAD_INPUT, List.of(file.toString(), "is no folder"), "save", "--claude-home", file.toString());
        refused(
                BAD_INPUT,
                List.of(file.toString(), "is no folder"),
                "restore",
                "--key",
                "k",
                "--claude-home",
                file.toString());
    }

    @Test
    void aFolderWithoutSessions() throws IOException {
        Files.createDirectories(machine.claude().resolve("projects"));

        refused(NOTHING_FOUND, List.of("no Claude Code session for " + machine.folder()), "save");
    }

    @Test
    void anIdThatIsUnknown() throws IOException {
        refused(NOTHING_FOUND, List.of(ID.text()), "save", "--session-id", ID.text());
        refused(NOTHING_FOUND, List.of(ID.text()), "restore", "--session-id", ID.text());
        refused(NOTHING_FOUND, List.of(ID.text()), "restore", "folder:" + store + "/" + ID);
        refused(NOTHING_FOUND, List.of("no-such-key"), "restore", "--key", "no-such-key");
        refused(NOTHING_FOUND, List.of("no-such-key"), "show", "--key", "no-such-key");
        refused(NOTHING_FOUND, List.of(ID.text()), "delete", "--session-id", ID.text());
    }

    @Test
    void anIdInTwoFolders() throws IOException {
        for (String folder : List.of("-one", "-two")) {
            machine.conversation(ID)
                    .turn("x")
                    .writeTo(machine.claude().resolve("projects/" + folder + "/" + ID + ".jsonl"));
        }

        refused(BAD_INPUT, List.of(ID.text(), "ambiguous", "-one", "-two"), "save", "--session-id", ID.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "../../etc/passwd", "00000000-0000-4000-8000-00000000000g"})
    void anIdThatIsNoUuid(String id) throws IOException {
        refused(BAD_INPUT, List.of("\"" + id + "\" is no session id"), "save", "--session-id", id);
        refused(BAD_INPUT, List.of("\"" + id + "\" is no session id"), "restore", "--session-id", id);
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.createDirectories(machine.project());
        Files.createFile(machine.transcript(ID));

        refused(BAD_INPUT, List.of(machine.transcript(ID) + " is empty"), "save", "--session-id", ID.text());
        refused(NOTHING_FOUND, List.of("none of the 1 sessions", "holds no conversation"), "save");
    }

    @Test
    void aFileWithoutAnyMessage() throws IOException {
        Files.createDirectories(machine.project());
        Files.writeString(machine.transcript(ID), "{\"type\":\"mode\"}\n{\"type\":\"user\",\"message\":{}}\n");

        refused(BAD_INPUT, List.of(machine.transcript(ID) + " holds no message"), "save", "--session-id", ID.text());
    }

    @Test
    void aStoreThatIsAFile() throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));
        Path file = Files.writeString(root.resolve("file"), "mine");

        refused(
                UNREACHABLE,
                List.of("could not save session " + ID + ": " + file, "Not a directory"),
                "save",
                "--store",
                "folder:" + file);
        refused(
                UNREACHABLE,
                List.of("could not read the stored session: " + file),
                "restore",
                "--key",
                "k",
                "--store",
                "folder:" + file);
        assertThat(file).hasContent("mine");
    }

    @Test
    void aStoreBelowAFile() throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));
        Path file = Files.writeString(root.resolve("file"), "mine");
        Machine.Run run = machine.run("save", "--store", "folder:" + file + "/store");

        assertThat(run.exitCode()).isIn(BAD_INPUT, UNREACHABLE);
        assertThat(run.err())
                .contains(file.toString())
                .doesNotContain(machine.transcript(ID).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:bucket", "gopher", "/var/sessions", ":x", "folder\u001b[31m"})
    void aStoreThatIsUnknown(String name) throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));

        refused(BAD_INPUT, List.of("names no store that is known here", "--store folder:"), "save", "--store", name);
        refused(BAD_INPUT, List.of("names no store that is known here"), "list", "--store", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "folder:",
                ":",
                "folder:/tmp",
                "folder:/tmp/not-an-id",
                "folder:00000000-0000-4000-8000-000000000001",
                "folder:/tmp/00000000-0000-4000-8000-000000000001/",
                "s3:bucket/00000000-0000-4000-8000-000000000001",
                "folder:/tmp/a\nb/00000000-0000-4000-8000-000000000001",
            })
    void aRefThatIsNone(String ref) throws IOException {
        String shown = ref.replace("\n", " ");
        refused(BAD_INPUT, List.of(shown), "restore", ref);
        refused(BAD_INPUT, List.of(shown), "show", ref);
        refused(BAD_INPUT, List.of(shown), "delete", ref);
    }

    @Test
    void tooFewArguments() throws IOException {
        refused(BAD_INPUT, List.of("'<file>'", "scan --help"), "scan");
        refused(BAD_INPUT, List.of("'<store>'", "move --help"), "move", "folder:/tmp/" + ID);
        refused(BAD_INPUT, List.of("'--session-id=<uuid>'", "download --help"), "plan", "download");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "line\nbreak", "\u001b[2J"})
    void aKeyThatIsNone(String key) throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));

        refused(BAD_INPUT, List.of("is no key"), "save", "--key", key);
        refused(BAD_INPUT, List.of("is no key"), "restore", "--key", key);
    }

    static Stream<List<String>> contradictory() {
        String ref = "folder:/tmp/" + ID;
        return Stream.of(
                List.of("restore", ref, "--key", "k"),
                List.of("restore", ref, "--session-id", ID.text()),
                List.of("restore", "--key", "k", "--session-id", ID.text()),
                List.of("show", ref, "--key", "k"),
                List.of("delete", "--key", "k", "--session-id", ID.text()),
                List.of("delete"),
                List.of("save", "--sample", "--session-id", ID.text()),
                List.of("save", "--on-conflict", "overwrite"),
                List.of("restore", "--key", "k", "--on-conflict", "maybe"),
                List.of("save", "--no-such-option"),
                List.of("save", "--key"),
                List.of("save", "something"),
                List.of("no-such-verb"),
                List.of(),
                List.of("restore", "one", "two"));
    }

    @ParameterizedTest
    @MethodSource("contradictory")
    void optionsThatDoNotGoTogether(List<String> arguments) throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));

        refused(BAD_INPUT, List.of("session-relay: "), arguments.toArray(new String[0]));
    }

    @Test
    void aCorruptManifest() throws IOException {
        Path manifest = save().resolve("manifest.json");
        Files.writeString(manifest, "{\"format\":1,");

        refused(DAMAGED, List.of(manifest.toString(), "is damaged"), "restore", "folder:" + store + "/" + ID);
        refused(DAMAGED, List.of(manifest.toString()), "show", "folder:" + store + "/" + ID);
        refused(DAMAGED, List.of(manifest.toString()), "save", "--store", "folder:" + store);
        Machine.Run list = machine.run("list", "--store", "folder:" + store, "--json");
        assertThat(list.exitCode()).isZero();
        assertThat(list.json().path("problems").get(0).asText()).contains(manifest.toString());
    }

    @Test
    void aManifestOfANewerProgram() throws IOException {
        Path manifest = save().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\" : 1", "\"format\" : 7"));

        refused(DAMAGED, List.of("has format 7", "newer session-relay"), "restore", "folder:" + store + "/" + ID);
    }

    @Test
    void aWrongDigest() throws IOException {
        Path segment = segment(save());
        byte[] bytes = Files.readAllBytes(segment);
        bytes[20] ^= 1;
        Files.write(segment, bytes);

        refused(
                DAMAGED,
                List.of("transcript.jsonl", "folder:" + store + "/" + ID, "SHA-256"),
                "restore",
                "folder:" + store + "/" + ID);
    }

    @Test
    void aMissingPart() throws IOException {
        Path segment = segment(save());
        Files.delete(segment);

        refused(DAMAGED, List.of(segment.toString(), "is missing"), "restore", "folder:" + store + "/" + ID);
    }

    @Test
    void aPartThatIsALink() throws IOException {
        Path segment = segment(save());
        Path secret = Files.copy(segment, root.resolve("secret"));
        Files.delete(segment);
        Files.createSymbolicLink(segment, secret);

        refused(DAMAGED, List.of(segment.toString(), "is no ordinary file"), "restore", "folder:" + store + "/" + ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../out.txt",
                "/etc/cron.d/out",
                "a/../../out",
                "a\\\\..\\\\out",
                "@beside/out.jsonl",
                "a\\u0000b"
            })
    void anEntryThatLeadsOut(String name) throws IOException {
        Path manifest = save().resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"path\" : \"side.txt\"", "\"path\" : \"" + name + "\""));

        refused(DAMAGED, List.of(manifest.toString(), "is no safe name"), "restore", "folder:" + store + "/" + ID);
    }

    @Test
    void aLinkWhereAFileIsToGo() throws IOException {
        save();
        Machine other = Machine.at(root.resolve("other"));
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.createDirectories(other.project());
        Files.createSymbolicLink(other.project().resolve(ID.text()), outside);
        machine = other;

        refused(
                NOT_ALLOWED,
                List.of("will not write through the link " + other.project().resolve(ID.text())),
                "restore",
                "folder:" + store + "/" + ID);
    }

    /** A stored session and a transcript may come from a stranger: what they say must not drive the terminal. */
    @Test
    void textThatWouldDriveTheTerminal() throws IOException {
        Path manifest = save().resolve("manifest.json");
        String evil = "\\u001b]0;owned\\u0007\\u009b31m\\u202e";
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"key\" : \"k\"", "\"key\" : \"" + evil + "\"")
                        .replace("\"turns\"", "\"title\" : \"" + evil + "\", \"turns\"")
                        .replace("\"source\" : \"local\"", "\"source\" : \"" + evil + "\"")
                        .replace("\"folder\" : \"", "\"folder\" : \"" + evil));
        Conversation.of(Conversation.id(2))
                .in(machine.folder().resolveSibling("project\u001b[31m\u202e").toString())
                .turn("x")
                .line("{\"type\":\"custom-title\",\"customTitle\":\"" + evil + "\"}")
                .writeTo(machine.transcript(Conversation.id(2)));

        for (String[] command : new String[][] {
            {"list", "--store", "folder:" + store},
            {"show", "folder:" + store + "/" + ID},
            {"find", "--explain"},
            {"save", "--session-id", ID.text(), "--store", "folder:" + store},
            {"restore", "folder:" + store + "/" + ID},
            {"save", "--session-id", Conversation.id(2).text(), "--store", "folder:" + store},
            {"list", "--store", "folder:" + store},
            {"delete", "folder:" + store + "/" + ID},
        }) {
            Machine.Run run = machine.run(command);
            assertThat(run.exitCode()).as(String.join(" ", command)).isZero();
            assertThat(run.out() + run.err())
                    .as(String.join(" ", command))
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]");
        }
    }

    @Test
    void isToldAsJsonWhenJsonWasAskedFor() throws IOException {
        Machine.Run run = machine.run("restore", "nothing", "--json");
        JsonNode answer = run.json();

        assertThat(run.exitCode()).isEqualTo(BAD_INPUT);
        assertThat(run.err()).isEmpty();
        assertThat(answer.path("success").asBoolean(true)).isFalse();
        assertThat(answer.path("exit_code").asInt()).isEqualTo(BAD_INPUT);
        assertThat(answer.path("error").asText()).contains("\"nothing\" is no ref");
        assertThat(answer.path("next").asText()).isNotBlank();
        assertThat(answer.fieldNames()).toIterable().containsExactly("success", "exit_code", "error", "next");
    }

    private void refused(int exitCode, List<String> words, String... arguments) throws IOException {
        Map<String, String> before = Tree.of(root);
        Machine.Run run = machine.run(arguments);

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("session-relay: ")
                .contains(words)
                .doesNotContain("\tat ", "Exception", "dev.sessionrelay")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]");
        assertThat(run.err().lines().count()).as(run.err()).isGreaterThanOrEqualTo(2);
        assertThat(Tree.of(root)).isEqualTo(before);
    }

    /** A session in the store under key k; answers with its folder there. */
    private Path save() throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));
        Files.createDirectories(machine.project().resolve(ID.text()));
        Files.writeString(machine.project().resolve(ID + "/side.txt"), "side");
        Machine.Run run = machine.run("save", "--store", "folder:" + store, "--key", "k");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return store.resolve("sessions/" + ID);
    }

    private static Path segment(Path session) throws IOException {
        try (Stream<Path> parts = Files.list(session.resolve("content/transcript.jsonl"))) {
            return parts.findFirst().orElseThrow();
        }
    }
}
