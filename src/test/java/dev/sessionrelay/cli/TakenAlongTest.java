package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The project's memory and a session's plans: carried where both ends ask for them, and never put over what is
 * there.
 */
class TakenAlongTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String SLUG = "brave-little-otter";

    private Path root;
    private Machine author;
    private Machine other;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        author = Machine.at(root.resolve("author"));
        other = Machine.at(root.resolve("other"));
        Files.createDirectories(author.project());
        Files.writeString(
                author.transcript(ID),
                author.conversation(ID)
                        .turn("one")
                        .text()
                        .replaceFirst("\"uuid\"", "\"slug\":\"" + SLUG + "\",\"uuid\""));
        write(author.project().resolve("memory/MEMORY.md"), "- likes tea\n");
        write(
                author.project().resolve("memory/topics/api.md"),
                "GITHUB_TOKEN=ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8" + "\n");
        write(author.project().resolve("memory/CLAUDE.md"), "obey\n");
        write(author.project().resolve("memory/notes.txt"), "no memory\n");
        write(author.claude().resolve("plans/" + SLUG + ".md"), "# The plan\n");
        write(author.claude().resolve("plans/" + SLUG + "-agent-a1.md"), "# Of an agent\n");
        write(author.claude().resolve("plans/other-plan.md"), "# Another session's\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String store() {
        return "folder:" + root.resolve("store");
    }

    private static Machine.Run done(Machine machine, String... arguments) {
        Machine.Run run = machine.run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private Machine.Run save(String... more) {
        return done(author, with(List.of("save", "--key", "k", "--store", store()), more));
    }

    private Machine.Run restore(String... more) {
        return done(other, with(List.of("restore", "--key", "k", "--store", store()), more));
    }

    private static String[] with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private Path memory() {
        return other.project().resolve("memory");
    }

    private Path plans() {
        return other.claude().resolve("plans");
    }

    @Test
    void areCarriedWhereBothEndsAskForThem() throws IOException {
        assertThat(save("--with", "memory,plans").err())
                .doesNotContain("plans")
                .contains("a part of the project's memory");
        restore("--with", "memory,plans", "--trust", "any");

        assertThat(memory().resolve("MEMORY.md")).hasContent("- likes tea");
        assertThat(memory().resolve("topics/api.md"))
                .content()
                .contains("[redacted:")
                .doesNotContain("ghp_");
        assertThat(plans().resolve(SLUG + ".md")).hasContent("# The plan");
        assertThat(plans().resolve(SLUG + "-agent-a1.md")).exists();
        assertThat(plans().resolve("other-plan.md")).doesNotExist();
        assertThat(memory().resolve("CLAUDE.md")).doesNotExist();
        assertThat(memory().resolve("notes.txt")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(memory().resolve("MEMORY.md"))))
                .isEqualTo("rw-------");
    }

    @Test
    void stayWhereNobodyAsks() throws IOException {
        assertThat(save().err())
                .contains(
                        "the project's memory (4 files",
                        "--with memory",
                        "Claude Code's plans (3 files",
                        "--with plans");
        assertThat(restore("--with", "memory,plans", "--trust", "any").err()).doesNotContain("along");
        assertThat(memory()).doesNotExist();

        save("--with", "memory");
        Machine.Run unasked = restore();
        assertThat(unasked.err()).contains("brings the project's memory along (2 files)", "--with memory places it");
        assertThat(memory()).doesNotExist();
        assertThat(plans()).doesNotExist();
    }

    /** On the command line everybody is trusted to have talked, and nobody to give instructions. */
    @Test
    void areNotPlacedBeforeSomebodySaysWhomToTrust() {
        save("--with", "memory,plans");
        Machine.Run restored = restore("--with", "memory,plans");

        assertThat(restored.err()).contains("nobody has said whom to trust", "--trust");
        assertThat(other.transcript(ID)).exists();
        assertThat(memory()).doesNotExist();
        assertThat(plans()).doesNotExist();
    }

    @Test
    void replaceNothing() throws IOException {
        save("--with", "memory,plans");
        write(memory().resolve("MEMORY.md"), "- likes coffee\n");
        write(plans().resolve(SLUG + ".md"), "# The plan\n");

        Machine.Run restored = restore("--with", "memory,plans", "--trust", "any");

        assertThat(restored.err())
                .contains("MEMORY.md differs", "left as it is")
                .doesNotContain(SLUG + ".md differs");
        assertThat(memory().resolve("MEMORY.md")).hasContent("- likes coffee");
        assertThat(memory().resolve("topics/api.md")).exists();
        restore("--with", "memory", "--trust", "any");
        assertThat(memory().resolve("MEMORY.md")).hasContent("- likes coffee");
    }

    @Test
    void areSealedAndSignedAsAllElse() throws Exception {
        KeyPairs reader = KeyPairs.age(root.resolve("reader"));
        KeyPairs signer = KeyPairs.ssh("ed25519", root.resolve("signer"), "");
        save(
                "--with",
                "memory,plans",
                "--encrypt-to",
                reader.publicLine(),
                "--sign-key",
                signer.file().toString());
        assertThat(Tree.of(root.resolve("store")).toString()).doesNotContain("memory", SLUG);

        restore(
                "--with",
                "memory,plans",
                "--decrypt-key",
                reader.file().toString(),
                "--trust",
                "signed",
                "--allowed-signers",
                "me " + signer.publicLine());

        assertThat(memory().resolve("MEMORY.md")).hasContent("- likes tea");
        assertThat(plans().resolve(SLUG + ".md")).exists();
    }

    @Test
    void changeWithTheNextSave() throws IOException {
        save("--with", "memory");
        write(author.project().resolve("memory/MEMORY.md"), "- likes tea and cake\n");
        assertThat(save("--with", "memory", "--json").json().path("outcome").asText())
                .isEqualTo("saved");
        assertThat(save("--with", "memory", "--json").json().path("outcome").asText())
                .isEqualTo("unchanged");

        restore("--with", "memory", "--trust", "any");
        assertThat(memory().resolve("MEMORY.md")).hasContent("- likes tea and cake");
    }

    @Test
    void followNoLink() throws IOException {
        Path secret = root.resolve("secret.md");
        write(secret, "secret\n");
        Files.createSymbolicLink(author.project().resolve("memory/link.md"), secret);
        save("--with", "memory");
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.createDirectories(other.project());
        Files.createSymbolicLink(memory(), elsewhere);

        Machine.Run refused =
                other.run("restore", "--key", "k", "--store", store(), "--with", "memory", "--trust", "any");

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(other.transcript(ID)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with/project-memory/CLAUDE.md",
                "with/project-memory/skills/x.md",
                "with/plan-files/agents.md",
                "with/project-memory/claude\u200b.md",
            })
    void areRefusedUnderNamesOfSettings(String name) throws Exception {
        try {
            Stores.open(store(), new StoreContext(Map.of(), root, Map.of()))
                    .save(Bundles.of(ID).with(name, new byte[] {1}).under("k").build(), Optional.empty());
        } catch (IllegalArgumentException notEvenStored) {
            return;
        }
        Machine.Run refused =
                other.run("restore", "--key", "k", "--store", store(), "--with", "memory,plans", "--trust", "any");

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
        assertThat(other.claude()).doesNotExist();
    }

    @Test
    void areNamedInWords() {
        Machine.Run refused = author.run("save", "--store", store(), "--with", "memory,settings");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("memory, plans");
    }
}
