package dev.sessionrelay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.store.folder.FolderStore;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Samples;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two machines, one store between them. */
class SaveAndRestoreTest {
    private static final SessionId ID = Conversation.id(1);

    private Path store;
    private Machine laptop;
    private Machine runner;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        store = temp.toRealPath().resolve("store");
        laptop = Machine.at(temp.resolve("laptop"));
        runner = Machine.at(temp.resolve("runner"));
    }

    @ParameterizedTest
    @EnumSource
    void carriesARecordedSessionToAnotherMachine(Samples sample) throws IOException {
        sample.copyInto(laptop.project());
        Machine.Run saved = laptop.run("save", "--store", "folder:" + store, "--json");
        assertThat(saved.exitCode()).isZero();
        Machine.Run restored = runner.run("restore", saved.json().path("ref").asText(), "--json");

        assertThat(restored.exitCode()).isZero();
        assertThat(restored.json().path("outcome").asText()).isEqualTo("placed");
        assertThat(restored.json().path("session_file").asText())
                .isEqualTo(runner.transcript(sample.id()).toString());
        assertThat(Tree.of(runner.project()))
                .isEqualTo(Tree.of(travelling(sample, store.resolveSibling("travelling"))));
    }

    /** The sample without what stays on a machine. */
    private static Path travelling(Samples sample, Path folder) throws IOException {
        sample.copyInto(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                byte[] records = BytesPayload.read(Travelling.leaving(file).records());
                assertThat(records.length).isBetween(1, (int) Files.size(file));
                Files.write(file, records);
            }
        }
        return folder;
    }

    @Test
    void carriesTheSampleThatComesWithTheProgram() throws IOException {
        Machine.Run saved = laptop.run("save", "--sample", "--store", "folder:" + store);
        assertThat(saved.exitCode()).isZero();
        assertThat(saved.out())
                .contains("saved")
                .contains("\"A sample: teach weather.py Celsius\"")
                .contains("key  sample");
        assertThat(laptop.claude()).doesNotExist();

        assertThat(runner.run("restore", "--key", "sample", "--store", "folder:" + store)
                        .exitCode())
                .isZero();
        assertThat(runner.project()).isDirectoryContaining("glob:**.jsonl");
    }

    @Test
    void goesToAndFro() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        assertThat(save(laptop)).isEqualTo("saved 0");
        assertThat(save(laptop)).isEqualTo("unchanged 0");

        assertThat(restore(runner)).isEqualTo("placed 0");
        assertThat(restore(runner)).isEqualTo("unchanged 0");
        append(runner, laptop.conversation(ID).turn("one").turn("two"));
        assertThat(restore(runner)).isEqualTo("ahead 0");
        assertThat(save(runner)).isEqualTo("saved 0");

        assertThat(save(laptop)).isEqualTo("behind 0");
        assertThat(restore(laptop)).isEqualTo("appended 0");
        assertThat(restore(laptop)).isEqualTo("unchanged 0");
        assertThat(laptop.transcript(ID)).hasSameBinaryContentAs(runner.transcript(ID));
    }

    @Test
    void keepsBothWhenTwoMachinesWentOn() throws IOException {
        part();
        JsonNode kept = run(runner, 4, "save", "--store", "folder:" + store, "--key", "k", "--json");

        assertThat(kept.path("outcome").asText()).isEqualTo("kept-both");
        assertThat(kept.path("saved").asBoolean()).isTrue();
        assertThat(kept.path("continues").asText()).isEqualTo(ID.text());
        assertThat(kept.path("session_id").asText()).isNotEqualTo(ID.text());
        assertThat(kept.path("resume_command").asText())
                .isEqualTo("claude --resume " + kept.path("session_id").asText());
        assertThat(stored(laptop, ID.text())).isEqualTo(Files.readString(laptop.transcript(ID)));
        assertThat(stored(laptop, kept.path("session_id").asText())).isEqualTo(Files.readString(runner.transcript(ID)));
    }

    @Test
    void keepsTheSameBothEachTime() throws IOException {
        part();
        String kept = run(runner, 4, "save", "--store", "folder:" + store, "--key", "k", "--json")
                .path("session_id")
                .asText();
        JsonNode again = run(runner, 0, "save", "--store", "folder:" + store, "--key", "k", "--json");
        assertThat(again.path("outcome").asText()).isEqualTo("unchanged");
        assertThat(again.path("session_id").asText()).isEqualTo(kept);

        Files.writeString(
                runner.transcript(ID),
                Conversation.of(Conversation.id(5)).turn("and on").text(),
                StandardOpenOption.APPEND);
        JsonNode grown = run(runner, 4, "save", "--store", "folder:" + store, "--key", "k", "--json");
        assertThat(grown.path("session_id").asText()).isEqualTo(kept);
        assertThat(grown.path("continues").asText()).isEqualTo(ID.text());
        assertThat(run(laptop, 0, "list", "--store", "folder:" + store, "--json")
                        .path("sessions"))
                .hasSize(2);
    }

    @Test
    void savesNothingInAConflictWhenToldToFail() throws IOException {
        part();
        Map<String, String> before = Tree.of(store);
        Machine.Run run = runner.run("save", "--store", "folder:" + store, "--on-conflict", "fail");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains(ID.text()).contains("keep-both").contains("nothing was changed");
        assertThat(Tree.of(store)).isEqualTo(before);
    }

    @Test
    void restoresNothingOverAnotherContinuationAndNamesBothWays() throws IOException {
        part();
        Map<String, String> before = Tree.of(runner.home());
        Machine.Run run = runner.run("restore", "folder:" + store + "/" + ID, "--on-conflict", "fail");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(runner.transcript(ID).toString())
                .contains("folder:" + store + "/" + ID)
                .contains("--on-conflict keep-both")
                .contains("--on-conflict merge")
                .contains("Nothing was changed");
        assertThat(Tree.of(runner.home())).isEqualTo(before);
    }

    @Test
    void restoresAnotherContinuationBesideThisOneTheSameWayEachTime() throws IOException {
        part();
        String own = Files.readString(runner.transcript(ID));
        JsonNode kept = run(runner, 0, "restore", "folder:" + store + "/" + ID, "--on-conflict", "keep-both", "--json");
        String other = kept.path("session_id").asText();

        assertThat(kept.path("outcome").asText()).isEqualTo("kept-both");
        assertThat(other).isNotEqualTo(ID.text());
        assertThat(runner.transcript(ID)).hasContent(own);
        assertThat(runner.transcript(new SessionId(other))).hasSameBinaryContentAs(laptop.transcript(ID));

        Map<String, String> before = Tree.of(runner.home());
        JsonNode again =
                run(runner, 0, "restore", "folder:" + store + "/" + ID, "--on-conflict", "keep-both", "--json");
        assertThat(again.path("session_id").asText()).isEqualTo(other);
        assertThat(again.path("bytes_written").asLong()).isZero();
        assertThat(Tree.of(runner.home())).isEqualTo(before);
    }

    @Test
    void carriesFilesThatClaudeCodeHasCleanedUpHere() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        Path result = laptop.project().resolve(ID + "/tool-results/b1.txt");
        Files.createDirectories(result.getParent());
        Files.writeString(result, "a large result");
        save(laptop);
        Files.delete(result);
        append(laptop, laptop.conversation(ID).turn("one").turn("two"));

        assertThat(save(laptop)).isEqualTo("saved 0");
        assertThat(restore(runner)).isEqualTo("placed 0");
        assertThat(runner.project().resolve(ID + "/tool-results/b1.txt")).hasContent("a large result");
    }

    @Test
    void carriesASubagentThatHasGoneOnElsewhere() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        Path subagent = Path.of(ID + "/subagents/agent-1.jsonl");
        laptop.conversation(ID).turn("a").turn("b").writeTo(laptop.project().resolve(subagent));
        save(laptop);
        laptop.conversation(ID).turn("a").writeTo(laptop.project().resolve(subagent));
        append(laptop, laptop.conversation(ID).turn("one").turn("two"));
        save(laptop);
        restore(runner);

        assertThat(runner.project().resolve(subagent))
                .hasContent(laptop.conversation(ID).turn("a").turn("b").text());
    }

    @Test
    void carriesWorkflowsAndTheirJournals() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        Path folder = laptop.project().resolve(ID.text());
        String journal = "{\"type\":\"started\",\"key\":\"a\"}\n";
        for (String name : List.of("subagents/journal.jsonl", "subagents/workflows/wf_1/journal.jsonl")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), journal);
        }
        Files.createDirectories(folder.resolve("workflows"));
        Files.writeString(folder.resolve("workflows/wf_1.json"), "{}");
        save(laptop);
        restore(runner);
        Path placed = runner.project().resolve(ID.text());
        assertThat(placed.resolve("workflows/wf_1.json")).hasContent("{}");
        assertThat(placed.resolve("subagents/workflows/wf_1/journal.jsonl")).hasContent(journal);

        String more = "{\"type\":\"result\",\"key\":\"a\",\"result\":\"done\"}\n";
        Files.writeString(placed.resolve("subagents/journal.jsonl"), more, StandardOpenOption.APPEND);
        assertThat(save(runner)).isEqualTo("saved 0");
        restore(laptop);
        assertThat(folder.resolve("subagents/journal.jsonl")).hasContent(journal + more);
    }

    /** A session that was stored when all kinds of records travelled still comes back, and goes on as one. */
    @Test
    void goesOnWithWhatAnEarlierVersionHasStored() throws Exception {
        String known = laptop.conversation(ID).turn("one").text();
        String first = uuid(known.lines().toList().getFirst());
        String answer = known.lines().toList().getLast();
        String stored = known.lines().toList().getFirst() + "\n" + "{\"parentUuid\":\"" + first
                + "\",\"type\":\"attachment\",\"uuid\":\"5\",\"attachment\":{\"type\":\"prompt_snapshot\"}}\n"
                + answer.replace("\"parentUuid\":\"" + first, "\"parentUuid\":\"5")
                + "\n{\"type\":\"of-the-future\"}\n";
        new FolderStore(store)
                .save(
                        Bundles.of(ID)
                                .transcript(stored.getBytes(UTF_8))
                                .under("k")
                                .build(),
                        Optional.empty());

        assertThat(restore(runner)).isEqualTo("placed 0");
        assertThat(runner.transcript(ID)).hasContent(known);
        assertThat(restore(runner)).isEqualTo("unchanged 0");
        String two = laptop.conversation(ID).turn("one").turn("two").text().substring(known.length());
        Files.writeString(runner.transcript(ID), two, StandardOpenOption.APPEND);
        assertThat(save(runner)).isEqualTo("saved 0");
        assertThat(save(runner)).isEqualTo("unchanged 0");

        // What is not known is not lost, and is there for whoever trusts everybody.
        assertThat(restore(laptop)).isEqualTo("placed 0");
        assertThat(laptop.transcript(ID)).hasContent(known + two);
        Machine trusting = Machine.at(store.resolveSibling("trusting"));
        run(trusting, 0, "restore", "--store", "folder:" + store, "--key", "k", "--trust", "any", "--json");
        assertThat(trusting.transcript(ID)).hasContent(known + "{\"type\":\"of-the-future\"}\n" + two);
        run(trusting, 0, "restore", "--store", "folder:" + store, "--key", "k", "--trust", "any", "--json");
    }

    private static String uuid(String line) {
        return line.replaceAll(".*\"uuid\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void leavesOutTheRequestLogAndSaysSo() throws IOException {
        laptop.conversation(ID)
                .line("{\"type\":\"api-request\"}")
                .turn("one")
                .line("{\"type\":\"worktree-state\"}")
                .raw("{\"type\":\"user\",\"half")
                .writeTo(laptop.transcript(ID));
        JsonNode saved = run(laptop, 0, "save", "--store", "folder:" + store, "--key", "k", "--json");

        assertThat(saved.path("left_out").toString())
                .contains("\"api-request\":1", "\"worktree-state\":1", "\"torn-line\":1");
        restore(runner);
        assertThat(runner.transcript(ID))
                .hasContent(laptop.conversation(ID).turn("one").text());
    }

    @Test
    void saysWhatStaysBehindAndWhereToolOutputsAreNow() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        Path outputs = laptop.project().resolve(ID + "/tool-results");
        Files.createDirectories(outputs);
        Files.writeString(outputs.resolve("b1.txt"), "much");
        Path memory = Files.createDirectories(laptop.project().resolve("memory"));
        Files.writeString(memory.resolve("MEMORY.md"), "always answer in verse");

        Machine.Run saved = laptop.run("save", "--store", "folder:" + store, "--key", "k");
        assertThat(saved.err()).contains("the project's memory (1 file in " + memory + ") is not part of a session");
        Machine.Run restored = runner.run("restore", "--key", "k", "--store", "folder:" + store);
        assertThat(restored.err()).contains("large tool outputs").contains(ID + "/tool-results");
        assertThat(runner.project().resolve("memory")).doesNotExist();
    }

    @Test
    void savesTheNewestSessionOfTheFolderOrTheOneThatIsNamed() throws IOException {
        laptop.conversation(ID).turn("old").writeTo(laptop.transcript(ID));
        SessionId newer = Conversation.id(2);
        laptop.conversation(newer).at("2026-11-20T20:00:00Z").turn("new").writeTo(laptop.transcript(newer));

        assertThat(laptop.run("find").out()).isEqualTo(newer + "\n");
        assertThat(run(laptop, 0, "save", "--store", "folder:" + store, "--json")
                        .path("session_id")
                        .asText())
                .isEqualTo(newer.text());
        assertThat(run(laptop, 0, "save", "--session-id", ID.text(), "--store", "folder:" + store, "--json")
                        .path("session_id")
                        .asText())
                .isEqualTo(ID.text());
    }

    @Test
    void notesAnOlderCopyInAnotherFolder() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        save(laptop);
        runner.conversation(ID).turn("x").writeTo(runner.claude().resolve("projects/-other/" + ID + ".jsonl"));
        Machine.Run run = runner.run("restore", "--key", "k", "--store", "folder:" + store);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("note: an older copy").contains("-other");
    }

    @Test
    void honoursWhereClaudeCodeKeepsItsSessions() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        save(laptop);
        Path configured = runner.home().resolve("elsewhere");
        runner.with("CLAUDE_CONFIG_DIR", configured.toString()).with("CLAUDE_CODE_PROJECT_DIR_NAME", "one_project");
        restore(runner);

        assertThat(configured.resolve("projects/one_project/" + ID + ".jsonl")).exists();
        assertThat(runner.claude()).doesNotExist();
        assertThat(runner.run("find").out()).isEqualTo(ID + "\n");
        runner.run("restore", "--key", "k", "--store", "folder:" + store, "--claude-home", "given");
        assertThat(runner.folder()
                        .resolve("given/projects/"
                                + ProjectFolder.nameOf(runner.folder().toString())))
                .isDirectoryContaining("glob:**.jsonl");
    }

    @Test
    void keepsSessionsInTheUsersDataFolderUnlessToldOtherwise() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        JsonNode saved = run(laptop, 0, "save", "--json");
        assertThat(saved.path("ref").asText())
                .isEqualTo("folder:" + laptop.home() + "/.local/share/session-relay/" + ID);

        laptop.with("XDG_DATA_HOME", laptop.home().resolve("data").toString());
        assertThat(run(laptop, 0, "save", "--json").path("ref").asText())
                .isEqualTo("folder:" + laptop.home() + "/data/session-relay/" + ID);
        assertThat(run(laptop, 0, "save", "--store", "folder:relative", "--json")
                        .path("ref")
                        .asText())
                .isEqualTo("folder:" + laptop.folder() + "/relative/" + ID);
    }

    @Test
    void usesTheCheckoutsBranchAsKey() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        assertThat(run(laptop, 0, "save", "--json").path("key").asText()).isEqualTo("folder-project");

        Files.createDirectories(laptop.folder().resolve(".git"));
        Files.writeString(laptop.folder().resolve(".git/HEAD"), "ref: refs/heads/feature/x\n");
        laptop.conversation(ID).turn("one").onBranch("feature/x").turn("two").writeTo(laptop.transcript(ID));
        assertThat(run(laptop, 0, "save", "--json").path("key").asText()).isEqualTo("project/branch-feature/x");
        assertThat(run(laptop, 0, "restore", "--json").path("outcome").asText()).isEqualTo("unchanged");
    }

    @Test
    void restoresIntoAFolderThatIsNotThereYet() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        save(laptop);
        Machine.Run run = runner.run(
                "restore", "--key", "k", "--store", "folder:" + store, "--working-directory", "to/come", "--json");

        assertThat(run.json().path("session_file").asText())
                .contains(
                        ProjectFolder.nameOf(runner.folder().resolve("to/come").toString()));
    }

    @Test
    void saysOnATerminalWhatHappenedAndWhatToDoNext() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        Machine.Run saved = laptop.run("save", "--store", "folder:" + store, "--key", "pr-12");
        assertThat(saved.err()).isEmpty();
        assertThat(saved.out().lines()).hasSize(5).satisfies(lines -> {
            assertThat(lines.get(0)).matches("saved " + ID + " \\(1 turn, \\S+ k?B\\), .* of it new|saved .*");
            assertThat(lines.get(1)).isEqualTo("  key  pr-12");
            assertThat(lines.get(2)).isEqualTo("  ref  folder:" + store + "/" + ID);
            assertThat(lines.get(4)).isEqualTo("  session-relay restore folder:" + store + "/" + ID);
        });
        Machine.Run restored = runner.run("restore", "folder:" + store + "/" + ID);
        assertThat(restored.out().lines())
                .containsExactly("restored to " + runner.transcript(ID), "continue with:", "claude --resume " + ID);
        assertThat(laptop.run("save", "--store", "folder:" + store, "--key", "pr-12")
                        .out())
                .startsWith("nothing new");
        assertThat(runner.run("restore", "folder:" + store + "/" + ID).out()).startsWith("nothing to do");
    }

    /** A store between laptop and runner in which the laptop's continuation is, while the runner has its own. */
    private void part() throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        save(laptop);
        restore(runner);
        append(laptop, laptop.conversation(ID).turn("one").turn("two on the laptop"));
        append(runner, laptop.conversation(ID).turn("one").turn("two on the runner"));
        save(laptop);
    }

    /** Claude Code goes on with the conversation. */
    private static void append(Machine machine, Conversation whole) throws IOException {
        String before = Files.readString(machine.transcript(ID));
        assertThat(whole.text()).startsWith(before);
        Files.writeString(machine.transcript(ID), whole.text().substring(before.length()), StandardOpenOption.APPEND);
    }

    private String save(Machine machine) throws IOException {
        return ended(machine.run("save", "--store", "folder:" + store, "--key", "k", "--json"));
    }

    private String restore(Machine machine) throws IOException {
        return ended(machine.run("restore", "--store", "folder:" + store, "--key", "k", "--json"));
    }

    private static String ended(Machine.Run run) throws IOException {
        return run.json().path("outcome").asText() + " " + run.exitCode();
    }

    private static JsonNode run(Machine machine, int exitCode, String... arguments) throws IOException {
        Machine.Run run = machine.run(arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
        return run.json();
    }

    private String stored(Machine machine, String id) throws IOException {
        Path home = Files.createTempDirectory(machine.home(), "other");
        run(machine, 0, "restore", "folder:" + store + "/" + id, "--claude-home", home.toString(), "--json");
        return Files.readString(
                home.resolve("projects/" + ProjectFolder.nameOf(machine.folder().toString()) + "/" + id + ".jsonl"));
    }

    @Test
    void saysWhichVersionsDoNotLookWhereALongPathsSessionsLie() throws IOException {
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
        String ref = laptop.run("save", "--json").json().path("ref").asText();
        for (int length : new int[] {200, 201}) {
            Path deep = laptop.folder();
            while (deep.toString().length() + 60 < length) {
                deep = deep.resolve("d".repeat(50));
            }
            deep = Files.createDirectories(
                    deep.resolve("e".repeat(length - deep.toString().length() - 1)));
            Machine.Run run = laptop.runIn(deep, "restore", ref);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err().contains("2.1.20 and earlier")).as(run.err()).isEqualTo(length > 200);
        }
    }
}
