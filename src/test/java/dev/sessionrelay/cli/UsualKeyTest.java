package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the name of a branch or a folder is no key by itself. */
class UsualKeyTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path temporary;

    private Machine onBranch(String branch) throws IOException {
        Machine laptop = Machine.at(temporary.resolve("laptop-" + branch.codePointAt(0)));
        Files.createDirectories(laptop.folder().resolve(".git"));
        Files.writeString(laptop.folder().resolve(".git/HEAD"), "ref: refs/heads/" + branch + "\n");
        laptop.conversation(ID).onBranch(branch).turn("begin").writeTo(laptop.transcript(ID));
        return laptop;
    }

    @ParameterizedTest
    @ValueSource(ints = {193, 194, 200, 244})
    void carriesASessionOnALongBranch(int length) throws IOException {
        for (String letter : new String[] {"b", "ü"}) {
            Machine laptop = onBranch(letter.repeat(length));
            Machine.Run saved = laptop.run("save", "--json");
            assertThat(saved.exitCode()).as(saved.err()).isZero();
            Files.delete(laptop.transcript(ID));
            assertThat(laptop.run("restore").exitCode()).isZero();
            assertThat(laptop.transcript(ID)).exists();
            assertThat(laptop.run("save", "--key", "pr-12", "--json")
                            .json()
                            .path("key")
                            .asText())
                    .isEqualTo("pr-12");
        }
    }

    @Test
    @Needs(Tool.GIT)
    void keepsASessionOfALongBranchOnABranch() throws IOException {
        String store = "git:" + GitCommand.bare(temporary.resolve("sessions.git"));
        Machine laptop = onBranch("feature/" + "ü".repeat(230));
        Machine.Run saved = laptop.run("save", "--store", store, "--json");
        assertThat(saved.exitCode()).as(saved.err()).isZero();
        Files.delete(laptop.transcript(ID));
        Machine.Run restored = laptop.run("restore", "--store", store);
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(laptop.transcript(ID)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb", " ", "\u0001", "x~1"})
    void carriesASessionOfAFolderWithAnOddName(String name) throws IOException {
        requireCarried(Machine.at(temporary.resolve("laptop")), name);
    }

    @Test
    void carriesASessionOfAFolderWithALongName() throws IOException {
        requireCarried(Machine.at(temporary.resolve("laptop")), "f".repeat(255));
    }

    private static void requireCarried(Machine laptop, String name) throws IOException {
        Path folder = Files.createDirectories(laptop.folder().resolve(name));
        Path transcript = laptop.claudeHome().projectOf(folder).resolve(ID + ".jsonl");
        Conversation.of(ID).in(folder).turn("begin").writeTo(transcript);
        for (String[] key : new String[][] {{"save"}, {"save", "--key", "pr-12"}}) {
            Machine.Run saved = laptop.runIn(folder, key);
            assertThat(saved.exitCode()).as(saved.err()).isZero();
        }
        laptop.runIn(folder, "save");
        Files.delete(transcript);
        Machine.Run restored = laptop.runIn(folder, "restore");
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(transcript).exists();
    }

    @Test
    void savesNoSessionOfAnotherBranch() throws IOException {
        Machine laptop = onBranch("topic");
        laptop.conversation(ID).onBranch("main").turn("begin").writeTo(laptop.transcript(ID));
        Machine.Run run = laptop.run("save");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("is of branch main, not topic").contains("--branch");
        assertThat(laptop.run("save", "--branch", "main").exitCode()).isZero();
        assertThat(laptop.run("save", "--session-id", ID.text()).exitCode()).isZero();
        assertThat(laptop.run("save", "--key", "k").exitCode()).isZero();

        Files.delete(laptop.transcript(ID));
        SessionId other = Conversation.id(2);
        laptop.conversation(other).onBranch("").turn("begin").writeTo(laptop.transcript(other));
        assertThat(laptop.run("save").exitCode()).isZero();
    }
}
