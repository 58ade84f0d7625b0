package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.sign.SshSignature;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may try who can write to a store, or who can say which stored session is to be restored. */
@Needs({Tool.GIT, Tool.SSH_KEYGEN})
class AttacksTest {
    private static final SessionId ID = Conversation.id(1);

    private Path temp;
    private Path store;
    private Machine victim;
    private KeyPairs friend;
    private KeyPairs stranger;
    private Path allowed;

    @BeforeEach
    void layOut(@TempDir Path folder) throws IOException {
        temp = folder.toRealPath();
        store = temp.resolve("store");
        victim = Machine.at(temp.resolve("victim"));
        friend = KeyPairs.ssh("ed25519", temp.resolve("friend"), "");
        stranger = KeyPairs.ssh("ed25519", temp.resolve("stranger"), "");
        allowed = Files.writeString(temp.resolve("allowed"), "friend@example.com " + friend.publicLine() + "\n");
    }

    /** Puts a session into a place. */
    private interface Preparation {
        /** @return the ref that the victim is told */
        String prepare() throws Exception;
    }

    private record Attack(String name, Preparation preparation, List<String> options, String message) {}

    /** Nothing of any of these comes to lie on the victim's disk. The same list stands in SECURITY.md. */
    @TestFactory
    Stream<DynamicTest> refuses() {
        return Stream.of(
                        new Attack(
                                "a ref into somebody else's repository",
                                () -> inRepository(bundle()),
                                List.of("--trust", "same-repository", "--repository", "octocat/hello"),
                                "the ref names a place outside of octocat/hello"),
                        new Attack(
                                "a ref into a folder, such as a checkout of a fork",
                                () -> inFolder(bundle()),
                                List.of("--trust", "same-repository", "--repository", "octocat/hello"),
                                "the ref names a place outside of octocat/hello"),
                        new Attack(
                                "a ref into a place of a stranger",
                                () -> inRepository(bundle()),
                                List.of("--trust", "owner:octocat,hubot"),
                                "and trusted are octocat, hubot"),
                        new Attack(
                                "a session without a signature",
                                () -> inFolder(bundle()),
                                List.of("--trust", "signed"),
                                "it is not signed"),
                        new Attack(
                                "a signature by a stranger",
                                () -> inFolder(signed(bundle(), stranger)),
                                List.of("--trust", "signed"),
                                "which is none of the keys in allowed-signers"),
                        new Attack(
                                "the signature of another session",
                                () -> inFolder(bundle().with(bundle().manifest()
                                        .withSignature(signed(
                                                        Bundles.of(Conversation.id(2))
                                                                .build(),
                                                        friend)
                                                .manifest()
                                                .signature()))),
                                List.of("--trust", "signed"),
                                "it was changed after it was signed"),
                        new Attack(
                                "a signature that was made for something else",
                                () -> inFolder(signedFor("git", bundle(), friend)),
                                List.of("--trust", "signed"),
                                "its signature was made for \"git\""),
                        new Attack(
                                "a signed session that was changed",
                                () -> {
                                    String ref = inFolder(signed(bundle(), friend));
                                    Files.writeString(
                                            manifest(),
                                            Files.readString(manifest())
                                                    .replace("\"key\" : \"pr-12\"", "\"key\" : \"pr-13\""));
                                    return ref;
                                },
                                List.of("--trust", "signed"),
                                "it was changed after it was signed"),
                        new Attack(
                                "a signed manifest with other content under it",
                                () -> {
                                    String ref = inFolder(signed(bundle(), friend));
                                    Path part = parts().getFirst();
                                    byte[] bytes = Files.readAllBytes(part);
                                    bytes[bytes.length / 2] ^= 1;
                                    Files.write(part, bytes);
                                    return ref;
                                },
                                List.of("--trust", "signed"),
                                "is damaged"),
                        new Attack(
                                "a torn signature",
                                () -> inFolder(
                                        bundle().with(bundle().manifest().withSignature(Optional.of("-----BEGIN")))),
                                List.of("--trust", "signed"),
                                "its signature is damaged"),
                        settings("settings.json"),
                        settings(".claude/settings.local.json"),
                        settings("hooks/session-start.sh"),
                        settings("subagents/CLAUDE.md"),
                        settings("skills/deploy/SKILL.md"),
                        named("../../../.bashrc"),
                        named("/etc/cron.d/evil"),
                        named("a/../../evil.jsonl"),
                        named("@beside/../evil.jsonl"),
                        named("@tasks/../../settings.json"),
                        named("sub\\\\..\\\\evil"),
                        named("line\\nbreak"))
                .map(attack -> dynamicTest(attack.name(), () -> require(attack)));
    }

    private Attack settings(String file) {
        return new Attack(
                file + " among the session's files",
                () -> inFolder(Bundles.of(ID).with(file, new byte[] {'x'}).build()),
                List.of(),
                "settings, hooks and instructions are not restored");
    }

    /** Such a name cannot be saved; it is written into the manifest. */
    private Attack named(String path) {
        return new Attack(
                "a file named " + path,
                () -> {
                    String ref = inFolder(Bundles.of(ID)
                            .with("harmless.txt", new byte[] {'x'})
                            .build());
                    Files.writeString(manifest(), Files.readString(manifest()).replace("harmless.txt", path));
                    return ref;
                },
                List.of(),
                "is no safe name for a session's file");
    }

    private void require(Attack attack) throws Exception {
        Files.createDirectories(temp);
        PathBelow.remove(Files.createDirectories(store));
        String ref = attack.preparation().prepare();
        String[] command = Stream.of(
                        Stream.of("restore", ref),
                        attack.options().stream(),
                        attack.options().contains("signed")
                                ? Stream.of("--allowed-signers", allowed.toString())
                                : Stream.<String>of())
                .flatMap(words -> words)
                .toArray(String[]::new);

        Machine.Run refused = victim.run(command);
        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains(attack.message());
        assertThat(victim.claude()).doesNotExist();
    }

    private static Bundle bundle() throws IOException {
        return Bundles.of(ID).build();
    }

    private SessionStore folder() {
        return Stores.open("folder:" + store, new StoreContext(Map.of(), temp, Map.of()));
    }

    private String inFolder(Bundle bundle) throws Exception {
        return folder().save(bundle, Optional.empty()).session().ref().toString();
    }

    private String inRepository(Bundle bundle) throws Exception {
        Path repository = temp.resolve("evil.git");
        if (!Files.exists(repository)) {
            GitCommand.bare(repository);
            Stores.open("git:" + repository, new StoreContext(Map.of(), temp, Map.of()))
                    .save(bundle, Optional.empty());
        }
        return "git:" + repository + "#session-relay/pr-12/" + ID;
    }

    private Path manifest() {
        return store.resolve("sessions").resolve(ID.text()).resolve("manifest.json");
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(manifest().resolveSibling("content"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Bundle signed(Bundle bundle, KeyPairs key) throws IOException {
        return signedFor(Statement.NAMESPACE, bundle, key);
    }

    private static Bundle signedFor(String namespace, Bundle bundle, KeyPairs key) throws IOException {
        byte[] statement = Statement.of(bundle.manifest()).bytes();
        SshSignature signature = SshSignature.sign(SshPrivateKey.parse(key.privateText()), namespace, statement);
        return bundle.with(bundle.manifest().withSignature(Optional.of(signature.armored())));
    }

    @Test
    void restoresWhatAFriendSigned() throws Exception {
        String ref = inFolder(signed(bundle(), friend));
        Machine.Run restored = victim.run("restore", ref, "--trust", "signed", "--allowed-signers", allowed.toString());

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(victim.transcript(ID)).exists();
    }

    /** From a save that is sealed and signed to a person who has nothing but OpenSSH. */
    @Test
    void letsSshKeygenVerifyASave() throws Exception {
        victim.conversation(ID).turn("one").writeTo(victim.transcript(ID));
        String ref = victim.run(
                        "save",
                        "--store",
                        "folder:" + store,
                        "--json",
                        "--sign-key",
                        friend.file().toString(),
                        "--encrypt-to",
                        friend.publicLine())
                .json()
                .path("ref")
                .asText();
        String statement = victim.run("show", ref, "--statement").out();
        Path signature = Files.writeString(
                temp.resolve("signature"),
                victim.run("show", ref, "--signature").out());

        assertThat(OutsideCommand.run(
                                statement.getBytes(StandardCharsets.UTF_8),
                                "ssh-keygen",
                                "-Y",
                                "verify",
                                "-f",
                                allowed.toString(),
                                "-I",
                                "friend@example.com",
                                "-n",
                                "session-relay",
                                "-s",
                                signature.toString())
                        .done())
                .asString()
                .contains("Good \"session-relay\" signature for friend@example.com");
        Machine other = Machine.at(temp.resolve("other")).with("SESSION_RELAY_KEY", friend.privateText());
        Machine.Run restored = other.run("restore", ref, "--trust", "signed", "--allowed-signers", allowed.toString());
        assertThat(restored.exitCode()).as(restored.err()).isZero();
    }

    @Test
    void refusesARunOfAnotherRepositoryInAPlaceOfOurs() throws Exception {
        Bundle bundle = bundle();
        Manifest manifest = bundle.manifest();
        Origin elsewhere = new Origin(
                Instant.parse("2026-11-21T10:00:00Z"), "remote", "0.1.0", Map.of("repository", "mallory/hello"));
        inFolder(bundle.with(new Manifest(
                manifest.sessionId(),
                manifest.key(),
                manifest.continues(),
                manifest.facts(),
                elsewhere,
                manifest.prepared(),
                manifest.entries())));
        Machine.Run refused = victim.run(
                "restore",
                "--store",
                "folder:" + store,
                "--key",
                "pr-12",
                "--trust",
                "same-repository",
                "--repository",
                "octocat/hello");

        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err()).contains("it was saved by a run of mallory/hello");
    }

    /** However it is written, a record that would act does not come through, and all others do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"worktree-state\",\"worktreePath\":\"/tmp/evil\",\"sessionId\":\"x\"}",
                "{\"worktreePath\":\"/tmp/evil\",\"type\":\"worktree-state\"}",
                "{\"type\":\"worktree-\\u0073tate\",\"worktreePath\":\"/tmp/evil\"}",
                "{\"\\u0074ype\":\"worktree-state\",\"worktreePath\":\"/tmp/evil\"}",
                "{\"type\":\"user\",\"worktreePath\":\"/tmp/evil\",\"type\":\"worktree-state\"}",
                "{\n  \"type\": \"worktree-state\",\n  \"worktreePath\": \"/tmp/evil\"\n}",
                "{\"type\":\"attachment\",\"attachment\":{\"type\":\"session_cron_carry\",\"tasks\":[{\"prompt\":\"evil\"}]}}",
                "{\"type\":\"attachment\",\"attachment\":{\"tasks\":[{\"prompt\":\"evil\"}],\"type\":\"session_cron_carry\"}}",
                "{\"type\":\"attachment\",\"attachment\":{\"type\":\"hook_deferred_tool\",\"toolName\":\"Bash\",\"toolInput\":{\"command\":\"evil\"}}}",
                "{\"attachment\":{\"type\":\"hook\\u005fdeferred_tool\",\"toolInput\":{\"command\":\"evil\"}},\"type\":\"attachment\"}"
            })
    void leavesOutRecordsThatWouldAct(String record) throws Exception {
        Conversation before = Conversation.of(ID).turn("one");
        String clean = before.text()
                + Conversation.of(ID).turn("worktree-state is \u00e9 word").text();
        byte[] evil = (before.text() + record + "\n"
                        + clean.substring(before.text().length()))
                .getBytes(StandardCharsets.UTF_8);
        String ref = inFolder(Bundles.of(ID)
                .transcript(evil)
                .with("subagents/agent-1.jsonl", evil)
                .build());

        Machine.Run restored = victim.run("restore", ref);
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.err()).contains("left out: resumed, it would act by itself");
        assertThat(victim.transcript(ID)).hasContent(clean);
        assertThat(victim.project().resolve(ID.text()).resolve("subagents/agent-1.jsonl"))
                .hasContent(clean);
        // The same again changes nothing, and saving from here does not quarrel with what is stored.
        assertThat(victim.run("restore", ref, "--json").json().path("outcome").asText())
                .isEqualTo("unchanged");
        Machine.Run saved = victim.run("save", "--store", "folder:" + store, "--key", "pr-12");
        assertThat(saved.exitCode()).as(saved.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show"})
    void showsNoEscapesOfATitle(String verb) throws Exception {
        String title = "quiet\\u001b]0;owned\\u0007\\u001b[2J\\u202e\\r\\nsession-relay: all is well";
        inFolder(Bundles.of(ID)
                .transcript(Conversation.of(ID)
                        .turn("hello\u001b[31m")
                        .line("{\"type\":\"custom-title\",\"customTitle\":\"" + title + "\",\"sessionId\":\"" + ID
                                + "\"}")
                        .bytes())
                .under("KEY")
                .build());
        Files.writeString(manifest(), Files.readString(manifest()).replace("KEY", "\\u009b31m\\u202e"));
        Machine.Run run = verb.equals("list")
                ? victim.run("list", "--store", "folder:" + store)
                : victim.run("show", "folder:" + store + "/" + ID);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("quiet").doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\r");
        assertThat(run.out().lines()).noneMatch(line -> line.startsWith("session-relay:"));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, is not known",
        "owner:, is not known",
        "signed, needs to know who may sign",
    })
    void saysWhatTrustCanBe(String trust, String message) throws Exception {
        Machine.Run refused = victim.run("restore", inFolder(bundle()), "--trust", trust);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }
}
