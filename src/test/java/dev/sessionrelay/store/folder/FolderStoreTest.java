package dev.sessionrelay.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Crowd;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest implements SessionStoreContract {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private Path root;

    @BeforeEach
    void layOut(@TempDir Path temp) {
        root = temp.resolve("not/there yet");
    }

    @Override
    public SessionStore open() {
        return new FolderStore(root);
    }

    @Override
    public void damage(StoredSession session) throws IOException {
        Files.writeString(manifestOf(session.manifest().sessionId()), "{\"format\":1");
    }

    @Test
    void letsOnlyTheOwnerIn() throws IOException, StaleBase {
        save(Bundles.of(ID).with("a/b.txt", new byte[] {1}));

        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void showsAConversationToAPersonWithCat() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 20));
        Bundle second = Bundles.of(ID, 21).onto(first).build();
        open().save(second, Optional.of(first));

        try (Stream<Path> parts = Files.list(contentOf(ID, "transcript.jsonl"))) {
            List<Path> inOrder = parts.sorted().toList();
            assertThat(inOrder).hasSize(2);
            StringBuilder text = new StringBuilder();
            for (Path part : inOrder) {
                text.append(Files.readString(part));
            }
            assertThat(text.toString())
                    .isEqualTo(new String(
                            BytesPayload.read(second.transcript()), java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(root.resolve("README.md")).content().contains("session-relay restore folder:" + root);
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException, StaleBase {
        save(Bundles.of(ID, 3).with("a.txt", new byte[] {1}));

        assertThat(Tree.of(root).keySet()).noneMatch(name -> name.contains("relay-tmp"));
    }

    @Test
    void refusesAManifestOfAnotherSession() throws IOException, StaleBase {
        save(Bundles.of(ID));
        Files.createDirectories(manifestOf(Conversation.id(2)).getParent());
        Files.copy(manifestOf(ID), manifestOf(Conversation.id(2)));

        requireDamaged(() -> open().find(byId(Conversation.id(2))), "is of another session: " + ID);
    }

    @Test
    void refusesACorruptManifestAndNamesItsFile() throws IOException, StaleBase {
        damage(save(Bundles.of(ID)));

        requireDamaged(() -> open().find(byId(ID)), manifestOf(ID).toString());
        requireDamaged(
                () -> open().find(new Query.ByKey(new Key("pr-12"))),
                manifestOf(ID).toString());
    }

    @Test
    void doesNotSaveOverACorruptManifest() throws IOException, StaleBase {
        damage(save(Bundles.of(ID)));
        Map<String, String> before = Tree.of(root);
        Bundle bundle = Bundles.of(ID).build();

        requireDamaged(
                () -> open().save(bundle, Optional.empty()), manifestOf(ID).toString());
        assertThat(Tree.of(root)).isEqualTo(before);
    }

    @Test
    void refusesAManifestWithAWayOut() throws IOException, StaleBase {
        save(Bundles.of(ID).with("tool-results/b.txt", new byte[] {1}));
        String manifest = Files.readString(manifestOf(ID));
        for (String hostile : List.of("../../../b.txt", "/etc/cron.d/b", "@beside/" + Conversation.id(2) + ".jsonl")) {
            Files.writeString(manifestOf(ID), manifest.replace("tool-results/b.txt", hostile));

            requireDamaged(() -> open().find(byId(ID)), "is no safe name");
        }
    }

    @Test
    void noticesAMissingSegment() throws IOException, StaleBase {
        save(Bundles.of(ID));
        Files.delete(segmentOf(ID));

        requireDamaged(this::verify, "is missing");
    }

    @Test
    void noticesAShortSegment() throws IOException, StaleBase {
        save(Bundles.of(ID));
        Files.writeString(segmentOf(ID), "short");

        requireDamaged(this::verify, "has 5 bytes instead of");
    }

    @Test
    void noticesAChangedSegment() throws IOException, StaleBase {
        save(Bundles.of(ID));
        byte[] bytes = Files.readAllBytes(segmentOf(ID));
        bytes[10]++;
        Files.write(segmentOf(ID), bytes);

        requireDamaged(this::verify, "its SHA-256 is");
    }

    @Test
    void followsNoLinkInPlaceOfASegment() throws IOException, StaleBase {
        save(Bundles.of(ID));
        Path elsewhere = Files.move(segmentOf(ID), root.resolve("elsewhere"));
        try (Stream<Path> none = Files.list(contentOf(ID, "transcript.jsonl"))) {
            assertThat(none).isEmpty();
        }
        StoredSession stored = open().find(byId(ID)).orElseThrow();
        Path segment = new FolderLayout(root)
                .parts(ID, stored.manifest().transcript())
                .getFirst()
                .file();
        Files.createSymbolicLink(segment, elsewhere);

        requireDamaged(this::verify, "is no ordinary file");
    }

    /** The way out that the message names. */
    @Test
    void isWholeAgainWhenADamagedSessionIsDeletedAndSavedAgain() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID));
        byte[] bytes = Files.readAllBytes(segmentOf(ID));
        bytes[10]++;
        Files.write(segmentOf(ID), bytes);
        requireDamaged(this::verify, "its SHA-256 is");

        open().delete(stored);
        save(Bundles.of(ID));
        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    @Test
    void writesAShortSegmentAnew() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID, 2));
        Files.writeString(segmentOf(ID), "short");
        open().save(Bundles.of(ID, 2).onto(stored).under("other").build(), Optional.of(stored));

        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    @Test
    void sweepsWhatKilledRunsLeftLongAgo() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID));
        Path session = manifestOf(ID).getParent();
        List<Path> folders = List.of(root, root.resolve("keys"), session, contentOf(ID, "transcript.jsonl"));
        for (Path folder : folders) {
            Files.writeString(folder.resolve(".fresh.1.relay-tmp"), "x");
            Path old = Files.writeString(folder.resolve(".old.2.relay-tmp"), "x");
            Files.setLastModifiedTime(old, LONG_AGO);
        }
        open().save(Bundles.of(ID, 2).onto(stored).build(), Optional.of(stored));

        for (Path folder : folders) {
            assertThat(folder.resolve(".fresh.1.relay-tmp")).exists();
            assertThat(folder.resolve(".old.2.relay-tmp")).doesNotExist();
        }
    }

    @Test
    void sweepsOldSegmentsThatNobodyNamesAndKeepsFreshOnes() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 1));
        Path old = segmentOf(ID);
        Path fresh = Files.writeString(old.resolveSibling("000000000000-0123456789abcdef.jsonl"), "x");
        Files.setLastModifiedTime(old, LONG_AGO);
        Bundle rewritten = Bundles.of(ID)
                .transcript(Conversation.of(ID).turn("rewritten").bytes())
                .build();
        open().save(rewritten, Optional.of(first));

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    @Test
    void keepsOldSegmentsThatAreStillNamed() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 20));
        Path old = segmentOf(ID);
        Files.setLastModifiedTime(old, LONG_AGO);
        open().save(Bundles.of(ID, 21).onto(first).build(), Optional.of(first));

        assertThat(old).exists();
        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    @Test
    void refusesBytesThatAreNotThoseThatWereAnnounced() throws IOException {
        Bundle bundle = Bundles.of(ID).build();
        Bundle other = new Bundle(
                bundle.manifest(),
                Map.of(
                        dev.sessionrelay.session.EntryName.TRANSCRIPT,
                        BytesPayload.of(Conversation.of(ID).turn("jello").bytes())));

        assertThatThrownBy(() -> open().save(other, Optional.empty()))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .extracting(Failure::exitCode)
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(open().list().sessions()).isEmpty();
    }

    @Test
    void leavesForeignFilesAlone() throws IOException, StaleBase {
        Files.createDirectories(root.resolve("sessions/not-an-id"));
        Path note = Files.writeString(root.resolve("sessions/note.txt"), "mine");
        StoredSession stored = save(Bundles.of(ID));
        open().delete(stored);

        assertThat(note).hasContent("mine");
        assertThat(open().list()).isEqualTo(new SessionStore.Listing(List.of(), List.of()));
    }

    @Test
    void survivesAKeyThatPointsNowhere() throws IOException, StaleBase {
        save(Bundles.of(ID));
        Files.writeString(root.resolve("keys/pr-12"), "../../etc/passwd\n", StandardOpenOption.TRUNCATE_EXISTING);

        assertThat(open().find(new Query.ByKey(new Key("pr-12")))
                        .orElseThrow()
                        .manifest()
                        .sessionId())
                .isEqualTo(ID);
    }

    @Test
    void locksAStoreThatIsNamedInTwoWays() throws Exception {
        Files.createDirectories(root);
        Path link = Files.createSymbolicLink(root.resolveSibling("link"), root);
        Crowd.of(8)
                .run(number -> new FolderStore(number % 2 == 0 ? root : link)
                        .save(Bundles.of(Conversation.id(100 + number)).build(), Optional.empty()));

        assertThat(open().list().sessions()).hasSize(8);
    }

    private StoredSession save(Bundles bundle) throws IOException, StaleBase {
        return open().save(bundle.build(), Optional.empty()).session();
    }

    private void verify() throws IOException {
        StoredSession stored = open().find(byId(ID)).orElseThrow();
        Verification.verify(open().load(stored), stored.ref().toString());
    }

    private static void requireDamaged(ThrowingCallable doing, String words) {
        assertThatThrownBy(doing)
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
                    assertThat(failure).hasMessageContaining(words);
                });
    }

    private static Query byId(SessionId id) {
        return new Query.BySession(id, Optional.empty());
    }

    private Path manifestOf(SessionId id) {
        return root.resolve("sessions/" + id + "/manifest.json");
    }

    private Path contentOf(SessionId id, String entry) {
        return root.resolve("sessions/" + id + "/content/" + entry);
    }

    private Path segmentOf(SessionId id) throws IOException {
        try (Stream<Path> parts = Files.list(contentOf(id, "transcript.jsonl"))) {
            return parts.filter(part -> !part.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
