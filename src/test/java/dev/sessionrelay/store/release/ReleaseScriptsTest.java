package dev.sessionrelay.store.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts claude-session-sync.sh and claude-session-restore.sh read what we write, and we what they write. */
class ReleaseScriptsTest {
    private static final SessionId ID = Conversation.id(1);
    private static final SessionId OTHER = Conversation.id(2);
    private static final Query MAIN = new Query.ByKey(new Key("branch-main"));

    @TempDir
    private Path folder;

    private ReleaseWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ReleaseWorld();
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(world.standIn.ledger().errors()).isEmpty();
        world.close();
    }

    private ReleaseStore store() {
        return world.store();
    }

    /** What the sync script does, with the real tar. */
    private void sync(Release release, SessionId id, int turns, String timestamp) throws Exception {
        Path project = Files.createDirectories(folder.resolve("scripts-" + id + "-" + turns));
        byte[] transcript = BytesPayload.read(Bundles.of(id, turns).build().transcript());
        Files.write(project.resolve(id + ".jsonl"), transcript);
        Path archive = folder.resolve("claude-session-" + id + ".tar.gz");
        run("tar", "-czf", archive.toString(), "-C", project.toString(), id + ".jsonl");
        world.standIn.hub().clobber(release, archive.getFileName().toString(), Files.readAllBytes(archive));
        String metadata = """
                {
                  "sessionId": "%s",
                  "gitBranch": "main",
                  "cwd": "/home/dev/project",
                  "timestamp": "%s",
                  "archivePath": "claude-session-%s.tar.gz"
                }
                """.formatted(id, timestamp, id);
        world.standIn.hub().clobber(release, "claude-session-metadata-" + id + ".json", metadata.getBytes(UTF_8));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Bundles turns(SessionId id, int turns) throws IOException {
        return Bundles.of(id, turns).under("branch-main");
    }

    @Test
    void readsWhatTheScriptsSaved() throws Exception {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(release, ID, 2, "2026-11-20T10:00:00Z");

        StoredSession found = store().find(MAIN).orElseThrow();
        assertThat(found.ref()).hasToString("release:octocat/hello@claude-sessions-main/" + ID);
        assertThat(found.manifest().key()).contains("branch-main");
        assertThat(found.manifest().facts().turns()).isEqualTo(2);
        assertThat(BytesPayload.read(store().load(found).transcript()))
                .isEqualTo(BytesPayload.read(Bundles.of(ID, 2).build().transcript()));
        assertThat(store().list().sessions()).containsExactly(found);
        assertThat(store().find(new Query.ByRef(found.ref()))).contains(found);
    }

    @Test
    void takesTheNewestByItsMetadataNotByItsName() throws Exception {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(release, OTHER, 1, "2026-11-20T12:00:00Z");
        sync(release, ID, 1, "2026-11-20T10:00:00Z");

        assertThat(store().find(MAIN).orElseThrow().manifest().sessionId()).isEqualTo(OTHER);
    }

    @Test
    void goesOnFromWhatTheScriptsSavedAndBack() throws Exception {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(release, ID, 1, "2026-11-20T10:00:00Z");
        StoredSession theirs = store().find(MAIN).orElseThrow();
        store().save(turns(ID, 2).onto(theirs).build(), Optional.of(theirs));

        requireScriptsRestore(release, 2);
        sync(release, ID, 3, "2026-11-20T13:00:00Z");
        StoredSession again = store().find(MAIN).orElseThrow();
        assertThat(again.manifest().facts().turns()).isEqualTo(3);
        store().save(turns(ID, 4).onto(again).build(), Optional.of(again));

        requireScriptsRestore(release, 4);
        assertThat(store().find(MAIN).orElseThrow().manifest().facts().turns()).isEqualTo(4);
    }

    /** What the restore script does: take the one archive there is, unpack it into the project's folder. */
    private void requireScriptsRestore(Release release, int turns) throws Exception {
        List<String> archives = release.assets().values().stream()
                .map(asset -> asset.name())
                .filter(name -> name.endsWith(".tar.gz"))
                .toList();
        assertThat(archives).containsExactly("claude-session-" + ID + ".tar.gz");
        Path archive = folder.resolve("downloaded.tar.gz");
        Files.write(archive, release.asset(archives.getFirst()).orElseThrow().bytes());
        Path project = Files.createDirectories(folder.resolve("restored-" + turns));
        run("tar", "-xzf", archive.toString(), "-C", project.toString());

        assertThat(Files.readAllBytes(project.resolve(ID + ".jsonl")))
                .isEqualTo(BytesPayload.read(Bundles.of(ID, turns).build().transcript()));
        String metadata = new String(
                release.asset("claude-session-metadata-" + ID + ".json")
                        .orElseThrow()
                        .bytes(),
                UTF_8);
        assertThat(metadata).isEqualTo("""
                {
                  "sessionId": "%s",
                  "gitBranch": "main",
                  "cwd": "/home/dev/project",
                  "timestamp": "2026-11-21T10:00:00Z",
                  "archivePath": "claude-session-%s.tar.gz"
                }
                """.formatted(ID, ID));
    }

    @Test
    void makesTheDraftThatTheScriptsWouldMake() throws Exception {
        store().save(turns(ID, 1).under("branch-feature/x").build(), Optional.empty());

        Release release = world.repo.releases().values().iterator().next();
        assertThat(release.isDraft()).isTrue();
        assertThat(release.tag()).isEqualTo("claude-sessions-feature/x");
        assertThat(release.isPrerelease()).isTrue();
        assertThat(release.title()).isEqualTo("Do not publish: Claude Session for feature/x");
        assertThat(release.notes())
                .startsWith("**Do not publish this draft.**")
                .endsWith("\n\nSession ID: " + ID + "\nTimestamp: 2026-11-21T10:00:00Z\nBranch: feature/x");
        requireScriptsRestore(release, 1);
        assertThat(store().find(new Query.ByKey(new Key("branch-feature/x")))).isPresent();
    }

    @Test
    void noticesThatTheScriptsCameBetween() throws Exception {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(release, ID, 1, "2026-11-20T10:00:00Z");
        StoredSession theirs = store().find(MAIN).orElseThrow();
        sync(release, ID, 2, "2026-11-20T11:00:00Z");
        Bundle late = turns(ID, 3).onto(theirs).build();

        assertThatThrownBy(() -> store().save(late, Optional.of(theirs))).isInstanceOf(StaleBase.class);
        assertThat(store().find(MAIN).orElseThrow().manifest().facts().turns()).isEqualTo(2);
    }

    @Test
    void deletesWhatTheScriptsSaved() throws Exception {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(release, ID, 1, "2026-11-20T10:00:00Z");
        store().delete(store().find(MAIN).orElseThrow());

        assertThat(release.assets()).isEmpty();
        assertThat(store().find(MAIN)).isEmpty();
    }

    @Test
    void namesDoublesInsteadOfGuessing() throws Exception {
        sync(world.standIn.hub().release(world.repo, "claude-sessions-main", true), ID, 1, "2026-11-20T10:00:00Z");
        Release second = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(second, OTHER, 1, "2026-11-20T11:00:00Z");

        Failure failure = catchThrowableOfType(Failure.class, () -> store().find(MAIN));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(failure)
                .hasMessageContaining("2 releases claude-sessions-main")
                .hasMessageContaining("untagged-");
        assertThat(failure.next()).contains("gh api -X DELETE repos/octocat/hello/releases/" + second.id());
    }

    @Test
    void takesTheOneOfTwoDraftsThatHoldsSessions() throws Exception {
        world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        sync(world.standIn.hub().release(world.repo, "claude-sessions-main", true), ID, 1, "2026-11-20T10:00:00Z");
        world.standIn.hub().release(world.repo, "v1.0.0", false);

        assertThat(store().find(MAIN)).isPresent();
    }

    @Test
    void refusesToSaveWhereEverybodyCanRead() throws Exception {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", false);
        Bundle bundle = turns(ID, 1).build();

        Failure failure = catchThrowableOfType(Failure.class, () -> store().save(bundle, Optional.empty()));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(failure).hasMessageContaining("is published, and everybody can read what is in it");
        assertThat(release.assets()).isEmpty();

        world.store(world.repo, true).save(bundle, Optional.empty());
        assertThat(release.asset("claude-session-" + ID + ".tar.gz")).isPresent();
    }

    @Test
    void savesIntoAPublishedReleaseOfAPrivateRepository() throws Exception {
        Repo hidden = world.standIn.hub().repository("octocat/hidden", true);
        Release release = world.standIn.hub().release(hidden, "claude-sessions-main", false);
        world.store(hidden, false).save(turns(ID, 1).build(), Optional.empty());

        assertThat(release.assets()).hasSize(3);
    }

    @Test
    void keepsSupersededArchivesOnlyForAWhile() throws Exception {
        StoredSession stored =
                store().save(turns(ID, 1).build(), Optional.empty()).session();
        for (int turns = 2; turns <= 5; turns++) {
            stored = store().save(turns(ID, turns).onto(stored).build(), Optional.of(stored))
                    .session();
        }
        Release release = world.repo.releases().values().iterator().next();
        assertThat(release.assets()).hasSize(3 + 4);
        release.assets().values().stream()
                .filter(asset -> asset.name().contains(".archive."))
                .forEach(asset -> asset.age("2026-11-01T00:00:00Z"));
        store().save(turns(ID, 6).onto(stored).build(), Optional.of(stored));

        assertThat(release.assets()).hasSize(3 + 1);
    }

    /** Of these, one of a later save goes to the host for downloads, which counts nothing. */
    @Test
    void asksLittle() throws Exception {
        List<Integer> requests = new ArrayList<>();
        Optional<StoredSession> stored = Optional.empty();
        for (int turns = 1; turns <= 2; turns++) {
            world.standIn.faults().clear();
            ReleaseStore store = store();
            stored = store.find(new Query.BySession(ID, Optional.of(new Key("branch-main"))));
            Bundles bundle = turns(ID, turns);
            stored.ifPresent(bundle::onto);
            store.save(bundle.build(), stored);
            requests.add(world.standIn.faults().requests());
        }
        assertThat(requests).containsExactly(9, 12);
    }
}
