package dev.sessionrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.redact.OwnRules;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.folder.FolderStore;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.merge.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines that went on with the same session save it and get it back. */
class MergingTest {
    private static final SessionId ID = new SessionId("7c53d351-013c-4308-a705-3cc3387680a2");
    private static final Key KEY = new Key("pr-12");
    private static final long HOUR = 3_600_000;

    @TempDir
    private Path temp;

    private SessionStore store;
    private Story common;

    @BeforeEach
    void begin() throws IOException {
        store = new FolderStore(temp.resolve("store"));
        common = Story.begin(new Random(7), true).turn();
        write("a", common);
        save("a", OnConflict.MERGE);
    }

    @Test
    void savingMergesAndTheManifestCountsIt() throws IOException {
        saveBoth(common.copy(0).turn(), common.copy(HOUR).turn());

        assertThat(stored().manifest().prepared().reparented()).isEqualTo(1);
        assertThat(stored().manifest().facts().turns()).isEqualTo(3);
    }

    @Test
    void aSaveOfWhatIsMergedAlreadyChangesNothing() throws IOException {
        saveBoth(common.copy(0).turn(), common.copy(HOUR).turn());

        assertThat(save("a", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.BEHIND);
        assertThat(save("b", OnConflict.FAIL).outcome()).isEqualTo(Save.SaveOutcome.BEHIND);
    }

    @Test
    void aMachineWithItsOwnVersionAddsOnlyWhatIsNewAndSavesTheSame() throws IOException {
        Story late = common.copy(HOUR).turn();
        saveBoth(common.copy(0).turn(), late);

        assertThat(restore("b", OnConflict.MERGE).outcome()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        assertThat(Files.readString(transcript("b"))).startsWith(Story.text(late.payload()));
        assertThat(restore("b", OnConflict.MERGE).outcome()).isEqualTo(Restore.RestoreOutcome.UNCHANGED);
        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.UNCHANGED);
        assertThat(restore("a", OnConflict.MERGE).outcome()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        assertThat(save("a", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.UNCHANGED);
    }

    @Test
    void anEqualSessionUnderAnotherKeyIsPointedToWithoutBeingChanged() throws IOException {
        saveBoth(common.copy(0).turn(), common.copy(HOUR).turn());
        restore("b", OnConflict.MERGE);
        String digest = stored().manifest().transcript().digest().hex();

        assertThat(save("b", OnConflict.MERGE, new Key("pr-13")).outcome()).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored().manifest().transcript().digest().hex()).isEqualTo(digest);
    }

    @Test
    void restoringMergesByAppending() throws IOException {
        Story here = common.copy(HOUR).turn();
        write("a", common.copy(0).turn());
        save("a", OnConflict.MERGE);
        write("b", here);

        assertThat(restore("b", OnConflict.MERGE).outcome()).isEqualTo(Restore.RestoreOutcome.MERGED);
        assertThat(Files.readString(transcript("b"))).startsWith(Story.text(here.payload()));
        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored().manifest().facts().turns()).isEqualTo(3);
    }

    @Test
    void keepsBothWhereMergingIsNotSafeAndSaysWhy() throws IOException {
        write("a", common.copy(0).turn().compact());
        save("a", OnConflict.MERGE);
        write("b", common.copy(HOUR).turn().compact());

        Save.SaveReceipt receipt = save("b", OnConflict.MERGE);

        assertThat(receipt.outcome()).isEqualTo(Save.SaveOutcome.KEPT_BOTH);
        assertThat(receipt.whyApart().orElseThrow()).contains("compact");
        assertThat(receipt.stored().manifest().continues()).contains(ID);
        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.UNCHANGED);
        assertThatThrownBy(() -> restore("b", OnConflict.MERGE)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFLICT);
            assertThat(failure.describe()).contains("--on-conflict keep-both", "Nothing was changed");
        });
    }

    @Test
    void mergesOnlyWhenItMay() throws IOException {
        write("a", common.copy(0).turn());
        save("a", OnConflict.MERGE);
        write("b", common.copy(HOUR).turn());

        assertThatThrownBy(() -> save("b", OnConflict.FAIL)).hasMessageContaining("went on in two ways");
        assertThatThrownBy(() -> restore("b", OnConflict.FAIL)).hasMessageContaining("went on in two ways");
        assertThat(restore("b", OnConflict.KEEP_BOTH).outcome()).isEqualTo(Restore.RestoreOutcome.KEPT_BOTH);
        assertThat(save("b", OnConflict.KEEP_BOTH).outcome()).isEqualTo(Save.SaveOutcome.KEPT_BOTH);
        assertThat(save("b", OnConflict.KEEP_BOTH).whyApart()).contains("");
    }

    @Test
    void whatHasAllOfALocalSessionTakesItsPlaceWhenItCannotBeAppended() throws IOException {
        write("a", common.copy(0).turn().compact());
        save("a", OnConflict.MERGE);
        write("b", common.copy(HOUR).turn());
        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.MERGED);

        assertThat(restore("b", OnConflict.MERGE).outcome()).isEqualTo(Restore.RestoreOutcome.REPLACED);
        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.UNCHANGED);
    }

    @Test
    void filesBesideTheTranscriptComeTogether() throws IOException {
        Story agent = Story.begin(new Random(3), true).turn();
        Story agentOfA = agent.copy(0).turn();
        Story agentOfB = agent.copy(HOUR).turn();
        write("a", common.copy(0).turn());
        write("b", common.copy(HOUR).turn());
        side("a", "subagents/agent-1.jsonl", Story.text(agentOfA.payload()));
        side("b", "subagents/agent-1.jsonl", Story.text(agentOfB.payload()));
        side("a", "subagents/agent-2.jsonl", Story.text(agent.payload()));
        side("a", "tool-results/t.txt", "one");
        side("b", "tool-results/t.txt", "other");
        save("a", OnConflict.MERGE);

        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.MERGED);
        assertThat(stored().manifest().prepared().reparented()).isEqualTo(2);
        assertThat(stored().manifest().entries())
                .extracting(entry -> entry.name().text().replaceFirst("kept/[0-9a-f]{12}/", "kept/…/"))
                .containsExactlyInAnyOrder(
                        EntryName.TRANSCRIPT.text(),
                        "subagents/agent-1.jsonl",
                        "subagents/agent-2.jsonl",
                        "tool-results/t.txt",
                        "kept/…/tool-results-t.txt");
        restore("a", OnConflict.MERGE);
        assertThat(Files.readString(folder("a").resolve("subagents/agent-1.jsonl")))
                .startsWith(Story.text(agentOfA.payload()))
                .contains(agentOfB.prompts().getLast());
        assertThat(save("a", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.UNCHANGED);
    }

    private void saveBoth(Story a, Story b) throws IOException {
        write("a", a);
        assertThat(save("a", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.SAVED);
        write("b", b);
        assertThat(save("b", OnConflict.MERGE).outcome()).isEqualTo(Save.SaveOutcome.MERGED);
    }

    private StoredSession stored() throws IOException {
        return store.find(new Query.BySession(ID, Optional.of(KEY))).orElseThrow();
    }

    private Save.SaveReceipt save(String machine, OnConflict onConflict) throws IOException {
        return save(machine, onConflict, KEY);
    }

    private Save.SaveReceipt save(String machine, OnConflict onConflict, Key key) throws IOException {
        Origin origin = new Origin(Instant.EPOCH, "local", "test", Map.of());
        return Save.run(
                new Save.SaveRequest(
                        home(machine),
                        work(machine),
                        Optional.of(ID),
                        Optional.empty(),
                        key,
                        onConflict,
                        origin,
                        new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of()),
                        false),
                store);
    }

    private Restore.RestoreReceipt restore(String machine, OnConflict onConflict) throws IOException {
        return Restore.run(
                new Restore.RestoreRequest(
                        home(machine),
                        work(machine),
                        new Query.BySession(ID, Optional.of(KEY)),
                        onConflict,
                        new Trust.Anyone()),
                store);
    }

    private ClaudeHome home(String machine) {
        return ClaudeHome.at(temp.resolve(machine + "-home"));
    }

    private Path work(String machine) throws IOException {
        return Files.createDirectories(temp.resolve(machine)).toRealPath();
    }

    private Path transcript(String machine) throws IOException {
        return home(machine).projectOf(work(machine)).resolve(ID + ".jsonl");
    }

    private Path folder(String machine) throws IOException {
        return home(machine).projectOf(work(machine)).resolve(ID.text());
    }

    private void write(String machine, Story story) throws IOException {
        put(transcript(machine), Story.text(story.payload()));
    }

    private void side(String machine, String name, String content) throws IOException {
        put(folder(machine).resolve(name), content);
    }

    private static void put(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
