package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.sign.SshSignature;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever opens a pull request decides what is in the workspace, and so may decide nothing by it. */
@Needs({Tool.GIT, Tool.SSH_KEYGEN})
class WorkspaceOfAPullRequestTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String CLAUDE_ID = "11111111-2222-4333-8444-555555555555";
    private static final String TOKEN = "ghp_" + "Zq8Yw7Xv6Ut5Sr4Qp3On2Ml1Kj0Ih9Gf8Ed7";

    @TempDir
    private Path root;

    private StandInRunner runner;

    @BeforeEach
    void layOut() throws IOException {
        layOut(root);
    }

    private void layOut(Path at) throws IOException {
        runner = new StandInRunner(Files.createDirectories(at));
    }

    private void save(Path store) throws Exception {
        save(store, Bundles.of(ID).under("branch-main").build());
    }

    private void save(Path store, Bundle bundle) throws Exception {
        Stores.open("folder:" + store, new StoreContext(Map.of(), root, Map.of()))
                .save(bundle, Optional.empty());
    }

    private static GitCommand repository(Path folder, String... options) throws IOException {
        Files.createDirectories(folder);
        String[] init = Stream.concat(Stream.of("init", "-q", "-b", "main"), Stream.of(options))
                .toArray(String[]::new);
        GitCommand.in(folder).run(init);
        return GitCommand.in(folder);
    }

    private static void commit(GitCommand git) throws IOException {
        git.run("add", "-A", "-f");
        git.run("commit", "-q", "-m", "x");
    }

    /** Lays a store where the workflow looks for one. */
    private interface Attack {
        /** @return what the input store names behind {@code folder:} */
        String prepare() throws Exception;
    }

    private DynamicTest refused(String name, Attack attack) {
        return dynamicTest(name, () -> {
            layOut(root.resolve(name.replaceAll("\\W", "-")));
            StandInRunner.Ended step =
                    runner.with("store", "folder:" + attack.prepare()).run("restore");

            assertThat(step.exitCode()).as(step.log()).isEqualTo(6);
            assertThat(step.log()).contains("is not trusted").contains("whoever opens a pull request decides");
            assertThat(runner.home.resolve(".claude/projects")).doesNotExist();
        });
    }

    private DynamicTest accepted(String name, Attack preparation) {
        return dynamicTest(name, () -> {
            layOut(root.resolve(name.replaceAll("\\W", "-")));
            StandInRunner.Ended step =
                    runner.with("store", "folder:" + preparation.prepare()).run("restore");

            assertThat(step.exitCode()).as(step.log()).isZero();
            assertThat(step.outputs()).containsEntry("restored", "true");
        });
    }

    @TestFactory
    Stream<DynamicTest> aFolderThatCameWithTheCheckoutIsNotTheWorkflows() {
        return Stream.of(
                refused("committed", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve(".sessions"));
                    commit(git);
                    return ".sessions";
                }),
                refused("one file of it committed", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve("a/b/.sessions"));
                    git.run("add", "-f", "a/b/.sessions/keys");
                    return "a/b/.sessions";
                }),
                refused("committed and named by its address on the host", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve(".sessions"));
                    commit(git);
                    return runner.hostWorkspace() + "/.sessions";
                }),
                refused("a committed link to it", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve("elsewhere"));
                    Files.createSymbolicLink(runner.workspace.resolve(".sessions"), Path.of("elsewhere"));
                    git.run("add", ".sessions");
                    return ".sessions";
                }),
                refused("a committed link above it", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(root.resolve("outside/.sessions"));
                    Files.createSymbolicLink(runner.workspace.resolve("state"), root.resolve("outside"));
                    git.run("add", "state");
                    return "state/.sessions";
                }),
                refused("a link from outside to what is committed", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve("x/sessions"));
                    commit(git);
                    Files.createSymbolicLink(runner.temp.resolve("sessions"), runner.workspace.resolve("x/sessions"));
                    return runner.temp.resolve("sessions").toString();
                }),
                refused("a repository in the repository", () -> {
                    repository(runner.workspace);
                    GitCommand nested = repository(runner.workspace.resolve("code"));
                    save(runner.workspace.resolve("code/.sessions"));
                    commit(nested);
                    return "code/.sessions";
                }),
                refused("a checkout of its own", () -> {
                    GitCommand git = repository(runner.temp.resolve("pr"));
                    save(runner.temp.resolve("pr"));
                    commit(git);
                    return runner.temp.resolve("pr").toString();
                }),
                refused("a submodule", () -> {
                    Path theirs = root.resolve("theirs");
                    GitCommand git = repository(theirs);
                    save(theirs);
                    commit(git);
                    GitCommand ours = repository(runner.workspace);
                    ours.run("-c", "protocol.file.allow=always", "submodule", "add", "-q", theirs.toString(), "sub");
                    return "sub";
                }),
                refused("a submodule whose link to its repository is gone", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve("sub"));
                    git.run("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
                    return "sub";
                }),
                refused("the same name in other letters", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve(".sessions"));
                    git.run(
                            "update-index",
                            "--add",
                            "--cacheinfo",
                            "100644," + "1".repeat(40) + ",.SESSIONS/README.md");
                    return ".sessions";
                }),
                refused("an index of version 4", () -> {
                    GitCommand git = repository(runner.workspace);
                    git.run("config", "index.version", "4");
                    save(runner.workspace.resolve("s/sessions"));
                    commit(git);
                    git.run("update-index", "--index-version", "4");
                    return "s/sessions";
                }),
                refused("names of SHA-256", () -> {
                    GitCommand git = repository(runner.workspace, "--object-format=sha256");
                    Files.writeString(runner.workspace.resolve("a"), "a");
                    save(runner.workspace.resolve("b/sessions"));
                    commit(git);
                    return "b/sessions";
                }),
                refused("left out of the work tree, and there", () -> {
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve(".sessions"));
                    commit(git);
                    git.run("update-index", "--skip-worktree", ".sessions/README.md");
                    return ".sessions";
                }),
                dynamicTest("a split index, which is not read here", () -> {
                    layOut(root.resolve("split"));
                    GitCommand git = repository(runner.workspace);
                    save(runner.workspace.resolve(".sessions"));
                    commit(git);
                    git.run("update-index", "--split-index");
                    StandInRunner.Ended step =
                            runner.with("store", "folder:.sessions").run("restore");
                    assertThat(step.exitCode()).as(step.log()).isEqualTo(6);
                    assertThat(step.log()).contains("cannot be told");
                }),
                accepted("not in git", () -> {
                    GitCommand git = repository(runner.workspace);
                    Files.createDirectories(runner.workspace.resolve("cache/.sessions.d"));
                    Files.writeString(runner.workspace.resolve("cache/.sessions.d/README.md"), "x");
                    Files.writeString(runner.workspace.resolve("cache/README.md"), "x");
                    commit(git);
                    save(runner.workspace.resolve("cache/.sessions"));
                    return "cache/.sessions";
                }),
                accepted("below the runner's temporary folder", () -> {
                    GitCommand git = repository(runner.workspace);
                    commit2(git);
                    save(runner.temp.resolve("sessions"));
                    return runner.temp.resolve("sessions").toString();
                }));
    }

    private void commit2(GitCommand git) throws IOException {
        Files.writeString(runner.workspace.resolve("README.md"), "x");
        commit(git);
    }

    @Test
    void whoSaysSoTakesItAllTheSame() throws Exception {
        GitCommand git = repository(runner.workspace);
        save(runner.workspace.resolve(".sessions"));
        commit(git);

        StandInRunner.Ended step =
                runner.with("store", "folder:.sessions").with("trust", "any").run("restore");
        assertThat(step.exitCode()).as(step.log()).isZero();
    }

    private String signedBy(KeyPairs key, Path store) throws Exception {
        Bundle bundle = Bundles.of(ID).under("branch-main").build();
        SshSignature signature = SshSignature.sign(
                SshPrivateKey.parse(key.privateText()),
                Statement.NAMESPACE,
                Statement.of(bundle.manifest()).bytes());
        save(store, bundle.with(bundle.manifest().withSignature(Optional.of(signature.armored()))));
        runner.with("store", "folder:" + store).with("trust", "signed");
        return "dev@example.com " + key.publicLine();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signers", "./signers", "sub/../signers", "LINK", "FOLDER/signers", "OUT", "CLONE", "HOST"})
    void aStrangerDoesNotBecomeTrustedByAFileOfTheCheckout(String name) throws Exception {
        KeyPairs stranger = KeyPairs.ssh("ed25519", root.resolve("stranger"), "");
        String line = signedBy(stranger, runner.temp.resolve("sessions"));
        Files.createDirectories(runner.workspace.resolve("sub"));
        Files.writeString(runner.workspace.resolve("signers"), line + "\n");
        Files.createSymbolicLink(runner.temp.resolve("link"), runner.workspace.resolve("signers"));
        Files.createSymbolicLink(runner.temp.resolve("folder"), runner.workspace);
        Files.writeString(root.resolve("outside"), line + "\n");
        Files.createSymbolicLink(runner.workspace.resolve("out"), root.resolve("outside"));
        repository(runner.temp.resolve("clone"));
        Files.writeString(runner.temp.resolve("clone/signers"), line + "\n");
        String given = name.replace("LINK", runner.temp.resolve("link").toString())
                .replace("FOLDER", runner.temp.resolve("folder").toString())
                .replace("OUT", runner.workspace.resolve("out").toString())
                .replace("CLONE", runner.temp.resolve("clone/signers").toString())
                .replace("HOST", runner.hostWorkspace() + "/signers");

        StandInRunner.Ended step = runner.with("allowed-signers", given).run("restore");

        assertThat(step.exitCode()).as(step.log()).isEqualTo(2);
        assertThat(step.log()).contains("is a file of the checkout").contains("ssh-ed25519 AAAA…");
        assertThat(runner.home.resolve(".claude/projects")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INLINE", "TEMP", "HOST_TEMP"})
    void whoMaySignIsGivenInTheWorkflowOrInAFileThatItWrites(String way) throws Exception {
        KeyPairs friend = KeyPairs.ssh("ed25519", root.resolve("friend"), "");
        String line = signedBy(friend, runner.temp.resolve("sessions"));
        Files.writeString(runner.temp.resolve("signers"), line + "\n");
        StandInRunner.Ended step = runner.with(
                        "allowed-signers",
                        switch (way) {
                            case "INLINE" -> line;
                            case "TEMP" -> runner.temp.resolve("signers").toString();
                            default -> runner.host.resolve("work/_temp/signers").toString();
                        })
                .run("restore");

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(step.outputs()).containsEntry("restored", "true");
    }

    private StandInRunner.Ended savedWith(String encryptTo) throws IOException {
        Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace())
                .turn(CLAUDE_ID, "begin " + TOKEN, Instant.now());
        runner.with("store", "folder:" + runner.temp.resolve("sessions"))
                .with("claude-home", runner.home.resolve(".claude").toString());
        return runner.with("encrypt-to", encryptTo).run("save");
    }

    @Test
    void nobodyBecomesAReaderByAFileOfTheCheckout() throws Exception {
        KeyPairs reader = KeyPairs.age(root.resolve("reader"));
        Files.writeString(runner.workspace.resolve("readers"), reader.publicLine() + "\n");

        StandInRunner.Ended end = savedWith("readers");
        assertThat(end.exitCode()).as(end.log()).isEqualTo(2);
        assertThat(end.log()).contains("encrypt-to readers is a file of the checkout");
        assertThat(runner.temp.resolve("sessions/sessions")).doesNotExist();
    }

    @Test
    void readersAreGivenInTheWorkflowOrInAFileThatItWrites() throws Exception {
        KeyPairs reader = KeyPairs.age(root.resolve("reader"));
        Files.writeString(runner.temp.resolve("readers"), reader.publicLine() + "\n");

        StandInRunner.Ended end =
                savedWith(runner.host.resolve("work/_temp/readers").toString());
        assertThat(end.exitCode()).as(end.log()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[redact]\noff = [\"github-pat\", \"high-entropy\", \"generic-api-key\"]\n",
                "[[redact.allowlists]]\nregexes = ['''.*''']\n",
                "[[redact.allowlists]]\nregexTarget = \"line\"\nregexes = ['''begin''']\n",
                "[[redact.rules]]\nid = \"github-pat\"\nregex = '''never'''\nkeywords = [\"never\"]\n",
                "[[redact.rules]]\nid = \"x\"\nregex = '''(g)hp_'''\nsecretGroup = 1\nkeywords = [\"ghp_\"]\n",
                """
                [[redact.rules]]
                id = "github-pat"
                regex = '''(g)hp_'''
                keywords = ["ghp_"]
                [[redact.rules.allowlists]]
                regexes = ['''.*''']
                """,
            })
    void noFileOfTheCheckoutLeavesASecretIn(String file) throws Exception {
        Files.writeString(runner.workspace.resolve(".session-relay.toml"), file);

        StandInRunner.Ended end = savedWith("");
        assertThat(end.exitCode()).as(end.log()).isZero();
        assertThat(everything(runner.temp.resolve("sessions")))
                .contains("begin")
                .doesNotContain(TOKEN)
                .doesNotContain(TOKEN.substring(6));
        if (!file.contains("redact.rules")) {
            assertThat(end.log()).contains("::warning title=Redaction::.session-relay.toml is the checkout's");
        }
    }

    @Test
    void aFileOfTheCheckoutMayAddRules() throws Exception {
        Files.writeString(
                runner.workspace.resolve(".session-relay.toml"),
                "[[redact.rules]]\nid = \"acme\"\nregex = '''(begin)'''\nkeywords = [\"begin\"]\n");

        StandInRunner.Ended end = savedWith("");
        assertThat(end.exitCode()).as(end.log()).isZero();
        assertThat(everything(runner.temp.resolve("sessions")))
                .doesNotContain("begin")
                .contains("redacted:acme");
    }

    private static String everything(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
