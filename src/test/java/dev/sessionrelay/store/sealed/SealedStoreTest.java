package dev.sessionrelay.store.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract holds with sealing around a store, and the store learns nothing. */
class SealedStoreTest implements SessionStoreContract {
    private static final SessionId ID = Conversation.id(1);

    private Path root;
    private Path home;
    private KeyPairs key;
    private KeyPairs other;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.resolve("store");
        home = temp.resolve("home");
        key = KeyPairs.age(temp.resolve("key"));
        other = KeyPairs.age(temp.resolve("other"));
    }

    @Override
    public SessionStore open() {
        return open(List.of(key), List.of(key));
    }

    @Override
    public void damage(StoredSession session) throws IOException {
        Files.writeString(manifestOf(session.manifest().sessionId()), "{\"format\":2");
    }

    private SessionStore open(List<KeyPairs> sealTo, List<KeyPairs> openWith) {
        return new Sealing(
                        sealTo.stream().map(KeyPairs::publicLine).toList(),
                        openWith.stream().map(pair -> pair.file().toString()).toList(),
                        Optional.empty(),
                        new StoreContext(Map.of("HOME", home.toString()), root, Map.of()))
                .around(asItIs());
    }

    private SessionStore asItIs() {
        return Stores.open("folder:" + root, new StoreContext(Map.of(), root, Map.of()));
    }

    private Path manifestOf(SessionId id) {
        return root.resolve("sessions").resolve(id.text()).resolve("manifest.json");
    }

    private StoredSession find(SessionStore store) throws IOException {
        return store.find(new Query.BySession(ID, Optional.empty())).orElseThrow();
    }

    private Bundle secrets() throws IOException {
        return Bundles.of(ID)
                .transcript(Conversation.of(ID)
                        .in("/home/dev/very-secret-project")
                        .onBranch("hidden-branch")
                        .turn("the password is swordfish")
                        .line("{\"type\":\"custom-title\",\"customTitle\":\"telling title\",\"sessionId\":\"" + ID
                                + "\"}")
                        .bytes())
                .with(
                        "subagents/agent-whispering.jsonl",
                        Conversation.of(ID).turn("psst").bytes())
                .with("tool-results/plain.txt", "known text".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @Test
    void letsNothingBeSeen() throws IOException, StaleBase {
        Bundle bundle = secrets();
        open().save(bundle, Optional.empty());

        StringBuilder everything = new StringBuilder();
        for (Map.Entry<String, byte[]> file : allFiles().entrySet()) {
            everything
                    .append(file.getKey())
                    .append('\n')
                    .append(new String(file.getValue(), StandardCharsets.ISO_8859_1));
        }
        assertThat(everything.toString())
                .contains(ID.text(), "pr-12", key.publicLine())
                .doesNotContain("swordfish", "very-secret", "hidden-branch", "telling title", "whispering", "psst")
                .doesNotContain("known text", "plain.txt", "claude-opus", "2.1.329");
        for (Entry entry : bundle.manifest().entries()) {
            assertThat(everything.toString()).doesNotContain(entry.digest().hex());
        }
    }

    private Map<String, byte[]> allFiles() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toMap(Path::toString, file -> {
                try {
                    return Files.readAllBytes(file);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
    }

    @Test
    void leavesNoFilesBehindInTheTemporaryFolder() throws IOException, StaleBase {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Set<String> before = names(temporary);
        open().save(secrets(), Optional.empty());

        assertThat(names(temporary)).isSubsetOf(before);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("session-relay-sealed-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void showsWhatEverybodyMaySeeToThoseWithoutAKey() throws IOException, StaleBase {
        open().save(secrets(), Optional.empty());
        SessionStore stranger = open(List.of(), List.of(other));
        StoredSession closed = find(stranger);

        assertThat(closed.manifest().isClosed()).isTrue();
        assertThat(closed.manifest().key()).contains("pr-12");
        assertThat(closed.manifest().facts().title()).isEmpty();
        assertThat(stranger.list().sessions()).containsExactly(closed);
        assertThatThrownBy(() -> stranger.load(closed)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
            assertThat(failure).hasMessageContaining("is sealed to " + key.publicLine());
            assertThat(failure).hasMessageContaining("no key here is one of these");
        });
    }

    /** What is sealed is compressed before, so that fewer bytes are new than elsewhere. */
    @Override
    @Test
    public void writesOnlyWhatIsNew() throws IOException, StaleBase {
        Bundle first = Bundles.of(ID, 30000).build();
        long all = open().save(first, Optional.empty()).bytesWritten();
        Set<String> before = sealedFiles();
        SessionStore store = open();
        Bundle second = Bundles.of(ID, 30010).onto(find(store)).build();
        SessionStore.Saved saved = store.save(second, Optional.of(find(store)));

        assertThat(first.manifest().transcript().segments()).hasSizeGreaterThan(2);
        assertThat(sealedFiles()).containsAll(before).hasSize(before.size() + 1);
        assertThat(saved.bytesWritten()).isLessThan(20_000).isLessThan(all / 50);
        Bundle loaded = open().load(find(open()));
        Verification.verify(loaded, "the test");
        assertThat(BytesPayload.read(loaded.transcript())).isEqualTo(BytesPayload.read(second.transcript()));
    }

    private Set<String> sealedFiles() throws IOException {
        return find(asItIs()).manifest().entries().stream()
                .map(entry -> entry.name().text())
                .collect(Collectors.toSet());
    }

    @Test
    void sealsAllAnewForNewRecipients() throws IOException, StaleBase {
        open().save(Bundles.of(ID, 3).build(), Optional.empty());
        Set<String> before = sealedFiles();
        SessionStore both = open(List.of(key, other), List.of(key));
        both.save(Bundles.of(ID, 4).onto(find(both)).build(), Optional.of(find(both)));

        assertThat(sealedFiles()).doesNotContainAnyElementsOf(before);
        SessionStore theirs = open(List.of(), List.of(other));
        Verification.verify(theirs.load(find(theirs)), "the test");
    }

    @Test
    void savesOnlyWhatIsNewWithoutAKeyWhereItSealedItselfBefore() throws IOException, StaleBase {
        SessionStore blind = open(List.of(key), List.of());
        blind.save(Bundles.of(ID, 30000).build(), Optional.empty());
        SessionStore again = open(List.of(key), List.of());
        StoredSession stored = find(again);
        Bundle grown = Bundles.of(ID, 30001).onto(stored).build();
        long sent = again.save(grown, Optional.of(stored)).bytesWritten();

        assertThat(stored.manifest().isClosed()).isFalse();
        assertThat(sent).isLessThan(20_000);
        assertThat(BytesPayload.read(open().load(find(open())).transcript()))
                .isEqualTo(BytesPayload.read(grown.transcript()));
        Failure refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                Failure.class, () -> BytesPayload.read(again.load(find(again)).transcript()));
        assertThat(refused).hasMessageContaining("no key here opens it");
        // On another machine nobody knows.
        home = home.resolveSibling("elsewhere");
        assertThat(find(open(List.of(key), List.of())).manifest().isClosed()).isTrue();
    }

    @Test
    void refusesToSaveInTheOpenWhatWasSealed() throws IOException, StaleBase {
        open().save(Bundles.of(ID).build(), Optional.empty());
        SessionStore careless = open(List.of(), List.of(key));
        StoredSession stored = find(careless);

        assertThatThrownBy(() -> careless.save(Bundles.of(ID, 2).onto(stored).build(), Optional.of(stored)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED))
                .hasMessageContaining("would now be saved in the open");
    }

    @Test
    void sealsWhatLayOpen() throws IOException, StaleBase {
        asItIs().save(Bundles.of(ID, 2).build(), Optional.empty());
        SessionStore store = open();
        store.save(Bundles.of(ID, 3).onto(find(store)).build(), Optional.of(find(store)));

        assertThat(find(asItIs()).manifest().isClosed()).isTrue();
        assertThat(find(open()).manifest().facts().turns()).isEqualTo(3);
    }

    /** Every file that makes up a stored session, changed in one place each time. */
    @Test
    void noticesChangesInEveryPart() throws IOException, StaleBase {
        open().save(secrets(), Optional.empty());
        List<Path> files = allFiles().keySet().stream()
                .filter(file -> file.endsWith(".age"))
                .map(Path::of)
                .toList();
        assertThat(files).hasSize(3);
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (int at : new int[] {5, good.length / 2, good.length - 1}) {
                byte[] bad = good.clone();
                bad[at] ^= 0x20;
                Files.write(file, bad);
                requireDamaged();
            }
            Files.write(file, Arrays.copyOf(good, good.length - 1));
            requireDamaged();
            Files.write(file, good);
        }
        Verification.verify(open().load(find(open())), "the test");
    }

    /** Who can write into the store can seal something of their own to the same key, but not in another's name. */
    @Test
    void noticesPartsOfAnotherSession() throws IOException, StaleBase {
        open().save(secrets(), Optional.empty());
        open().save(Bundles.of(Conversation.id(2)).build(), Optional.empty());
        String mine = Files.readString(manifestOf(ID));
        String theirs = Files.readString(manifestOf(Conversation.id(2)));
        String crossed = mine.substring(0, mine.indexOf("\"manifest\""))
                + theirs.substring(theirs.indexOf("\"manifest\""), theirs.indexOf("\"entries\""))
                + mine.substring(mine.indexOf("\"entries\""));
        Files.writeString(manifestOf(ID), crossed);

        assertThatThrownBy(() -> find(open()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("what is said outside of it differs from what is sealed inside");
        assertThat(open().list().problems()).hasSize(1);
    }

    @Test
    void noticesAChangedWordOutside() throws IOException, StaleBase {
        open().save(secrets(), Optional.empty());
        String mine = Files.readString(manifestOf(ID));
        Files.writeString(manifestOf(ID), mine.replace("\"actor\" : \"dev\"", "\"actor\" : \"root\""));

        assertThatThrownBy(() -> find(open())).isInstanceOf(Failure.class).hasMessageContaining("differs");
    }

    private void requireDamaged() {
        assertThatThrownBy(() -> Verification.verify(open().load(find(open())), "the test"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED));
    }

    @Test
    void readsAFileThatIsNeededTwiceFromTwoFiles() throws IOException, StaleBase {
        byte[] same = "the same".getBytes(StandardCharsets.UTF_8);
        Bundle twins = Bundles.of(ID).with("a.txt", same).with("b.txt", same).build();
        open().save(twins, Optional.empty());
        SessionStore store = open();
        Bundle triplets = Bundles.of(ID)
                .with("a.txt", same)
                .with("b.txt", same)
                .with("c.txt", same)
                .onto(find(store))
                .build();
        store.save(triplets, Optional.of(find(store)));

        Bundle loaded = open().load(find(open()));
        Verification.verify(loaded, "the test");
        assertThat(loaded.payloads().keySet()).contains(new EntryName("c.txt"));
        assertThat(Tree.of(root).keySet())
                .filteredOn(name -> name.endsWith(".age"))
                .hasSizeGreaterThan(3);
    }
}
