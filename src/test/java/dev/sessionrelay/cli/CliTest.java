package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Samples;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private static final SessionId ID = Conversation.id(1);
    private static final List<String> DESCRIBED = List.of(
            "session_id",
            "ref",
            "key",
            "title",
            "turns",
            "bytes",
            "digest",
            "sealed",
            "saved_at",
            "source",
            "recorded_folder",
            "branch",
            "last_at",
            "claude_version");

    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        machine = Machine.at(temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"save", "restore", "find", "list", "show", "delete", "scan", "completion"})
    void helpsWithExamples(String verb) {
        Machine.Run run = machine.run(verb, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: session-relay " + verb)
                .contains("Examples:")
                .contains("  session-relay ".strip());
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void helpsWithTheVerbs() {
        Machine.Run run = machine.run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Examples:", "Exit codes:", "save", "restore", "find", "list", "show", "delete");
    }

    @Test
    void tellsItsVersion() {
        assertThat(machine.run("--version").out()).matches("session-relay \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void suggestsTheVerbThatMayBeMeant() {
        assertThat(machine.run("restor").err()).contains("restore");
    }

    @Test
    void printsACompletionThatBashCanRead() throws IOException, InterruptedException {
        Machine.Run run = machine.run("completion");
        Path script = Files.writeString(machine.home().resolve("completion.bash"), run.out());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(run.out()).contains("session-relay", "--session-id", "restore");
    }

    @Test
    void promisesTheFieldsOfSave() throws IOException {
        Samples.INTERACTIVE.copyInto(machine.project());
        JsonNode saved = machine.run("save", "--key", "k", "--json").json();

        assertThat(names(saved))
                .containsExactlyElementsOf(join(
                        List.of("success", "outcome", "saved"),
                        DESCRIBED,
                        List.of(
                                "session_file",
                                "bytes_written",
                                "notes",
                                "left_out",
                                "secrets",
                                "secret_places",
                                "all_places_listed",
                                "images_not_scanned",
                                "rules_given_up",
                                "redact",
                                "stored_in_clear",
                                "resume_command")));
        assertThat(saved.path("success").asBoolean()).isTrue();
        assertThat(saved.path("outcome").asText()).isEqualTo("saved");
        assertThat(saved.path("session_id").asText())
                .isEqualTo(Samples.INTERACTIVE.id().text());
        assertThat(saved.path("title").asText()).isEqualTo("my-nice-name");
        assertThat(saved.path("turns").asInt()).isEqualTo(1);
        assertThat(saved.path("saved_at").asText()).isEqualTo("2026-11-21T10:01:00.123Z");
        assertThat(saved.path("source").asText()).isEqualTo("local");
        assertThat(saved.path("recorded_folder").asText()).isEqualTo("/home/dev/projects/tui");
        assertThat(saved.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(saved.path("resume_command").asText()).isEqualTo("claude --resume " + Samples.INTERACTIVE.id());
    }

    @Test
    void promisesTheFieldsOfRestore() throws IOException {
        save();
        JsonNode restored = machine.run("restore", "--key", "k", "--json").json();

        assertThat(names(restored))
                .containsExactlyElementsOf(join(
                        List.of("success", "outcome", "restored"),
                        DESCRIBED,
                        List.of("session_file", "bytes_written", "resume_command", "notes")));
    }

    @Test
    void promisesTheFieldsOfFind() throws IOException {
        save();
        JsonNode found = machine.run("find", "--json").json();

        assertThat(names(found))
                .containsExactly("success", "session_id", "session_file", "last_at", "title", "candidates");
        assertThat(names(found.path("candidates").get(0)))
                .containsExactly("session_id", "session_file", "last_at", "bytes", "fits", "verdict");
    }

    @Test
    void promisesTheFieldsOfListAndDelete() throws IOException {
        save();
        JsonNode list = machine.run("list", "--json").json();
        assertThat(names(list)).containsExactly("success", "sessions", "problems");
        assertThat(names(list.path("sessions").get(0))).containsExactlyElementsOf(DESCRIBED);
        assertThat(machine.run("list", "--key", "other", "--json").json().path("sessions"))
                .isEmpty();

        String ref = list.path("sessions").get(0).path("ref").asText();
        assertThat(names(machine.run("delete", ref, "--json").json()))
                .containsExactlyElementsOf(join(List.of("success"), DESCRIBED, List.of()));
        assertThat(machine.run("list", "--json").json().path("sessions")).isEmpty();
        assertThat(machine.transcript(ID)).exists();
    }

    @Test
    void promisesTheFieldsOfShow() throws IOException {
        Samples.MEDIUM.copyInto(machine.project());
        machine.run("save", "--key", "k");
        JsonNode shown = machine.run("show", "--key", "k", "--json").json();

        assertThat(names(shown))
                .containsExactlyElementsOf(join(
                        List.of("success"),
                        DESCRIBED,
                        List.of(
                                "first_prompt",
                                "last_prompt",
                                "model",
                                "tools",
                                "context_tokens",
                                "written_tokens",
                                "files")));
        assertThat(shown.path("tools").toString())
                .isEqualTo("{\"Agent\":1,\"Bash\":2,\"Edit\":1,\"Read\":1,\"Write\":1}");
        assertThat(shown.path("files").asInt()).isEqualTo(4);
    }

    @Test
    void printsTheIdAndNothingElse() throws IOException {
        save();

        assertThat(machine.run("find")).isEqualTo(new Machine.Run(0, ID + "\n", ""));
    }

    @Test
    void explainsItsChoiceBesideTheData() throws IOException {
        save();
        Files.createFile(machine.transcript(Conversation.id(2)));
        Machine.Run run = machine.run("find", "--explain");

        assertThat(run.out()).isEqualTo(ID + "\n");
        assertThat(run.err().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("-> " + ID) && line.endsWith("is of this folder"))
                .anyMatch(
                        line -> line.startsWith("   " + Conversation.id(2)) && line.endsWith("holds no conversation"));
    }

    @Test
    void listsOnATerminal() throws IOException {
        assertThat(machine.run("list").out()).isEmpty();
        save();

        assertThat(machine.run("list").out().lines()).hasSize(2).satisfies(lines -> {
            assertThat(lines.getFirst()).startsWith(ID + "  2026-11-21T10:02:00Z  k  1 turn  ");
            assertThat(lines.getLast()).startsWith("  folder:").endsWith("/" + ID);
        });
        assertThat(machine.run("show", "--key", "k").out())
                .contains("session       " + ID)
                .contains("first prompt  one")
                .contains("branch        main");
    }

    @Test
    void namesTheCommandAsTheUserCalledIt() throws IOException {
        machine.with("SESSION_RELAY_COMMAND", "./sr");
        save();

        assertThat(machine.run("save", "--key", "k").out()).contains("  ./sr restore folder:");
    }

    @Test
    void saysWhoSavedOnARunner() throws IOException {
        machine.with("GITHUB_ACTIONS", "true").with("GITHUB_ACTOR", "octocat").with("GITHUB_RUN_ID", "42");
        save();

        assertThat(machine.run("list", "--json")
                        .json()
                        .path("sessions")
                        .get(0)
                        .path("source")
                        .asText())
                .isEqualTo("remote");
    }

    private void save() throws IOException {
        machine.conversation(ID).turn("one").writeTo(machine.transcript(ID));
        assertThat(machine.run("save", "--key", "k").exitCode()).isZero();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> join(List<String> first, List<String> second, List<String> third) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }
}
