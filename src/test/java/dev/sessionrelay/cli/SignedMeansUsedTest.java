package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.sign.SshSignature;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write to a store has good signatures of others in front of them, and may do with them what they like. */
@Needs(Tool.SSH_KEYGEN)
class SignedMeansUsedTest {
    private static final SessionId ID = Conversation.id(1);
    private static final SessionId OTHER = Conversation.id(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path temp;
    private Path store;
    private Machine author;
    private Machine victim;
    private KeyPairs key;
    private Path allowed;

    @BeforeEach
    void layOut(@TempDir Path folder) throws IOException {
        temp = folder.toRealPath();
        store = temp.resolve("store");
        author = Machine.at(temp.resolve("author"));
        victim = Machine.at(temp.resolve("victim"));
        key = KeyPairs.ssh("ed25519", temp.resolve("key"), "");
        allowed = Files.writeString(temp.resolve("allowed"), "friend@example.com " + key.publicLine() + "\n");
    }

    private void say(SessionId id, String... turns) throws IOException {
        Conversation conversation = author.conversation(id);
        for (String turn : turns) {
            conversation.turn(turn);
        }
        conversation.writeTo(author.transcript(id));
    }

    private void save(SessionId id, String thread, String... more) throws IOException {
        String[] command = Stream.concat(
                        Stream.of(
                                "save",
                                "--store",
                                "folder:" + store,
                                "--session-id",
                                id.text(),
                                "--key",
                                thread,
                                "--sign-key",
                                key.file().toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        Machine.Run saved = author.run(command);
        assertThat(saved.exitCode()).as(saved.err()).isZero();
    }

    private Machine.Run restore(Machine machine, String... which) {
        return machine.run(Stream.of(
                        Stream.of("restore"),
                        Stream.of(which),
                        Stream.of("--trust", "signed", "--allowed-signers", allowed.toString()))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private Machine.Run restoreKey(Machine machine, String thread, String... more) {
        return restore(
                machine,
                Stream.concat(Stream.of("--store", "folder:" + store, "--key", thread), Stream.of(more))
                        .toArray(String[]::new));
    }

    private String ref(SessionId id) {
        return "folder:" + store + "/" + id;
    }

    private Path manifest(SessionId id) {
        return store.resolve("sessions").resolve(id.text()).resolve("manifest.json");
    }

    private void requireRefused(Machine.Run run, String message) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(6);
        assertThat(run.err()).contains(message);
        assertThat(victim.claude()).doesNotExist();
    }

    /** Every value of a signed manifest changed or taken out, and something added to every part of it. */
    @Test
    void nothingInAManifestIsOutsideOfItsSignature() throws IOException {
        say(ID, "one", "two");
        author.conversation(ID)
                .line("{\"type\":\"custom-title\",\"customTitle\":\"a title\",\"sessionId\":\"" + ID + "\"}");
        Path side = author.project().resolve(ID.text()).resolve("tool-results/a.txt");
        Files.createDirectories(side.getParent());
        Files.writeString(side, "ghp_" + "Zq8Yw7Xv6Ut5Sr4Qp3On2Ml1Kj0Ih9Gf8Ed7");
        save(ID, "pr-12");
        String good = Files.readString(manifest(ID));
        Map<String, String> changes = changes(good);
        assertThat(changes).hasSizeGreaterThan(120);
        List<String> taken = new ArrayList<>();
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(change.getValue()).isNotEqualTo(good);
            Files.writeString(manifest(ID), change.getValue());
            Machine.Run run = restore(victim, ref(ID));
            if (run.exitCode() != 6 || Files.exists(victim.claude())) {
                taken.add(change.getKey());
                PathBelow.remove(victim.claude());
            }
        }
        assertThat(taken).isEmpty();
        // The same said in another form is the same.
        Files.writeString(manifest(ID), backwards(JSON.readTree(good)).toString());
        assertThat(restore(victim, ref(ID)).exitCode()).isZero();
    }

    private static Map<String, String> changes(String good) throws IOException {
        Map<String, String> changes = new LinkedHashMap<>();
        JsonNode root = JSON.readTree(good);
        walk(root, "", root, changes);
        for (String field : good.lines()
                .filter(line -> line.matches(" *\"[a-z0-9_-]+\" : .*"))
                .toList()) {
            String twice = field.replaceFirst(",$", "");
            if (!twice.matches(".*[\\[{]$")) {
                changes.put(
                        "twice" + field,
                        good.replace(field, twice + ",\n" + twice + field.replaceAll("^.*(?<!,)$|^.*(?=,$)", "")));
            }
        }
        changes.put("something behind it", good + "{}");
        changes.put("a first of two", good.replaceFirst("\\{", "{\"format\":1,"));
        return changes;
    }

    private static void walk(JsonNode root, String at, JsonNode node, Map<String, String> changes) {
        if (node instanceof ObjectNode object) {
            changed(root, at, copy -> ((ObjectNode) copy).put("extra", 1), changes, "+");
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                changed(root, at, copy -> ((ObjectNode) copy).remove(field.getKey()), changes, "-" + field.getKey());
                if (field.getValue().isValueNode()) {
                    changed(
                            root,
                            at,
                            copy -> {
                                ObjectNode into = (ObjectNode) copy;
                                if (field.getValue().isNumber()) {
                                    into.put(field.getKey(), field.getValue().asLong() + 1);
                                } else {
                                    into.put(field.getKey(), field.getValue().asText() + " ");
                                }
                            },
                            changes,
                            "~" + field.getKey());
                    changed(
                            root,
                            at,
                            copy -> ((ObjectNode) copy).putNull(field.getKey()),
                            changes,
                            "0" + field.getKey());
                }
                walk(root, at + "/" + field.getKey(), field.getValue(), changes);
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                changed(root, at, copy -> ((ArrayNode) copy).remove(index), changes, "-" + i);
                changed(root, at, copy -> ((ArrayNode) copy).add(((ArrayNode) copy).get(index)), changes, "+" + i);
                walk(root, at + "/" + i, array.get(i), changes);
            }
            if (array.size() > 1) {
                changed(root, at, copy -> ((ArrayNode) copy).insert(0, ((ArrayNode) copy).remove(1)), changes, "order");
            }
        }
    }

    private interface Change {
        void to(JsonNode node);
    }

    private static void changed(JsonNode root, String at, Change change, Map<String, String> changes, String name) {
        JsonNode copy = root.deepCopy();
        change.to(copy.at(at));
        changes.put(at + " " + name, copy.toString());
    }

    private static JsonNode backwards(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JSON.createObjectNode();
        List.copyOf(node.properties())
                .reversed()
                .forEach(field -> object.set(field.getKey(), backwards(field.getValue())));
        return object;
    }

    @Test
    void aKeyThatPointsAtAnotherThreadsSessionBringsNothing() throws IOException {
        say(ID, "told to the first");
        save(ID, "pr-1");
        Files.copy(store.resolve("keys/pr-1"), store.resolve("keys/pr-12"));

        requireRefused(restoreKey(victim, "pr-12"), "it was asked for by key pr-12, and is signed for key pr-1");
        assertThat(restoreKey(victim, "pr-1").exitCode()).isZero();
    }

    private Map<Path, byte[]> kept() throws IOException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (String name : Tree.of(store).keySet()) {
            Path file = store.resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static void putBack(Map<Path, byte[]> files) throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    @Test
    void anOlderSaveThatIsPutBackIsRefusedWhereTheLaterOneWasSeen() throws IOException {
        say(ID, "one");
        save(ID, "pr-12");
        Map<Path, byte[]> old = kept();
        say(ID, "one", "two");
        save(ID, "pr-12");
        Map<Path, byte[]> current = kept();
        assertThat(restoreKey(victim, "pr-12").exitCode()).isZero();
        PathBelow.remove(victim.claude());

        putBack(old);
        requireRefused(restoreKey(victim, "pr-12"), "it is older than the save that was seen here last");
        requireRefused(restore(victim, ref(ID)), "it is older than the save that was seen here last");
        // Nor from another place, nor on the machine that saved.
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(store, elsewhere);
        requireRefused(restore(victim, "folder:" + elsewhere + "/" + ID), "--accept-rollback");
        Files.move(elsewhere, store);
        assertThat(restore(author, ref(ID)).exitCode()).isEqualTo(6);

        putBack(current);
        assertThat(restoreKey(victim, "pr-12").exitCode()).isZero();
    }

    @Test
    void anOlderSaveIsTakenByWhoSaysSo() throws IOException {
        say(ID, "one");
        save(ID, "pr-12");
        Map<Path, byte[]> old = kept();
        say(ID, "one", "two");
        save(ID, "pr-12");
        assertThat(restoreKey(victim, "pr-12").exitCode()).isZero();
        PathBelow.remove(victim.claude());
        putBack(old);

        assertThat(restoreKey(victim, "pr-12", "--accept-rollback").exitCode()).isZero();
        assertThat(victim.transcript(ID)).content().doesNotContain("two");
        // From then on it is the one that was seen.
        assertThat(restoreKey(victim, "pr-12").exitCode()).isZero();
    }

    @Test
    void aThreadDoesNotGoBackToAnEarlierSession() throws IOException {
        say(ID, "the old plan");
        save(ID, "pr-12");
        say(OTHER, "the new plan");
        save(OTHER, "pr-12");
        assertThat(restoreKey(victim, "pr-12").exitCode()).isZero();
        PathBelow.remove(victim.claude());
        Files.writeString(store.resolve("keys/pr-12"), ID + "\n");

        requireRefused(restoreKey(victim, "pr-12"), "it is older than the save that was seen here last");
        // Whoever names it means it.
        assertThat(restore(victim, ref(ID)).exitCode()).isZero();
    }

    /** By any clock: a machine whose clock is behind saves after one whose clock is ahead. */
    @Test
    void aSaveIsCountedAfterTheOneItContinues() throws IOException {
        Manifest ahead = Bundles.of(ID)
                .savedAt("2026-11-21T12:00:00Z")
                .build()
                .manifest()
                .after(Optional.empty());
        Manifest behind = Bundles.of(ID)
                .savedAt("2026-11-21T11:00:00Z")
                .build()
                .manifest()
                .after(Optional.of(ahead));

        assertThat(behind.counter()).isEqualTo(ahead.counter() + 1);
        assertThat(ahead.after(Optional.of(behind)).counter()).isEqualTo(behind.counter() + 1);
    }

    /** Signed before there was a counter: what the signature did not cover is not used. */
    @Test
    void ofAnEarlierFormOnlyWhatIsSignedIsUsed() throws Exception {
        Bundle bundle = Bundles.of(ID)
                .transcript(Conversation.of(ID)
                        .turn("hello")
                        .line("{\"type\":\"custom-title\",\"customTitle\":\"a title\",\"sessionId\":\"" + ID + "\"}")
                        .bytes())
                .build();
        SshSignature signature = SshSignature.sign(
                SshPrivateKey.parse(key.privateText()),
                Statement.NAMESPACE,
                Statement.ofFirstForm(bundle.manifest()).bytes());
        Stores.open("folder:" + store, new StoreContext(Map.of(), temp, Map.of()))
                .save(bundle.with(bundle.manifest().withSignature(Optional.of(signature.armored()))), Optional.empty());
        assertThat(Files.readString(manifest(ID))).contains("a title");

        Machine.Run restored = restore(victim, ref(ID), "--json");
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).doesNotContain("a title");
        assertThat(victim.transcript(ID)).exists();
        // But not once a later form was seen.
        say(ID, "one");
        Files.delete(manifest(ID));
        save(ID, "pr-12");
        assertThat(restore(victim, ref(ID), "--on-conflict", "keep-both").exitCode())
                .isZero();
        PathBelow.remove(store);
        Stores.open("folder:" + store, new StoreContext(Map.of(), temp, Map.of()))
                .save(bundle.with(bundle.manifest().withSignature(Optional.of(signature.armored()))), Optional.empty());
        assertThat(restore(victim, ref(ID)).err()).contains("it is older than");
    }

    /** A list of keys that a removed reader has changed must not make the next save keep files that they can read. */
    @Test
    void whoIsTakenOffTheListReadsNoFileOfTheNextSave() throws IOException {
        KeyPairs own = KeyPairs.age(temp.resolve("own"));
        KeyPairs removed = KeyPairs.age(temp.resolve("removed"));
        author.with("SESSION_RELAY_KEY", own.privateText());
        for (int side = 0; side < 7; side++) {
            Path file = author.project().resolve(ID.text()).resolve("tool-results/" + side + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "result " + side);
        }
        say(ID, "one");
        save(ID, "pr-12", "--encrypt-to", own.publicLine(), "--encrypt-to", removed.publicLine());
        ObjectNode edited = (ObjectNode) JSON.readTree(manifest(ID).toFile());
        ((ObjectNode) edited.path("sealed")).putArray("to").add(own.publicLine());
        edited.remove("signature");
        Files.writeString(manifest(ID), edited.toString());

        say(ID, "one", "two");
        Machine.Run saved =
                author.run("save", "--store", "folder:" + store, "--key", "pr-12", "--encrypt-to", own.publicLine());
        assertThat(saved.exitCode()).isEqualTo(6);
        assertThat(saved.err()).contains("the keys that it is said to be sealed to are not those that stand inside");
    }

    @Test
    void whatIsNotSignedDoesNotBecomeAPartOfWhatIs() throws Exception {
        Stores.open("folder:" + store, new StoreContext(Map.of(), temp, Map.of()))
                .save(Bundles.of(ID).build(), Optional.empty());
        String before = Files.readString(manifest(ID));
        say(ID, "ours");
        Machine.Run refused = author.run(
                "save",
                "--store",
                "folder:" + store,
                "--sign-key",
                key.file().toString(),
                "--trust",
                "signed",
                "--allowed-signers",
                "us@example.com " + key.publicLine());

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains("it is not signed");
        assertThat(manifest(ID)).hasContent(before);
    }

    @Test
    void aStatementIsOneLineOfJsonThatNamesEverything() throws IOException {
        say(ID, "one");
        save(ID, "pr-12");
        String statement = victim.run("show", ref(ID), "--statement").out();

        assertThat(statement).startsWith("session-relay session 2\n").hasLineCount(2);
        ObjectNode told = (ObjectNode) JSON.readTree(statement.substring(statement.indexOf('\n')));
        ObjectNode stored = (ObjectNode) JSON.readTree(manifest(ID).toFile());
        stored.remove("signature");
        assertThat(told).isEqualTo(stored);
        assertThat(statement.getBytes(StandardCharsets.UTF_8)).doesNotContain(0x0d);
    }
}
