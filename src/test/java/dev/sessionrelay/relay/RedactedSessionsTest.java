package dev.sessionrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.redact.OwnRules;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that know different secrets share a session. */
class RedactedSessionsTest {
    private static final SessionId ID = new SessionId("7c53d351-013c-4308-a705-3cc3387680a2");
    private static final String MINE = "correct-horse-7battery";
    private static final String YOURS = "wrong-donkey-9engine";
    private static final Redaction LAPTOP = knowing(Map.of("MY_TOKEN", MINE));
    private static final Redaction SERVER = knowing(Map.of("YOUR_TOKEN", YOURS));

    @TempDir
    private Path temp;

    private SessionStore store;
    private Machine laptop;
    private Machine server;

    @BeforeEach
    void twoMachines() throws IOException {
        store = Stores.open("folder:" + temp.resolve("store"), new StoreContext(Map.of(), temp, Map.of()));
        laptop = new Machine(temp.resolve("laptop"));
        server = new Machine(temp.resolve("server"));
        laptop.say("first", "mine is " + MINE + ", yours " + YOURS);
    }

    @Test
    void aSaveIsRedactedAndTheOriginalIsNot() throws IOException {
        assertThat(laptop.save(LAPTOP)).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored()).contains("mine is [redacted:known-value:").doesNotContain(MINE);
        assertThat(laptop.transcript()).contains(MINE).doesNotContain("redacted");
        assertThat(store.find(new Query.BySession(ID, Optional.empty()))
                        .orElseThrow()
                        .manifest()
                        .prepared()
                        .redacted())
                .isEqualTo(Map.of("known-value", Map.of("transcript.jsonl", 1L)));
    }

    @Test
    void whatIsNewComesBackToTheOriginal() throws IOException {
        laptop.save(LAPTOP);
        assertThat(server.restore()).isEqualTo(Restore.RestoreOutcome.PLACED);
        server.say("second", "from the server");
        assertThat(server.save(SERVER)).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(laptop.restore()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        assertThat(laptop.transcript()).contains(MINE).contains("from the server");
        assertThat(laptop.transcript().lines()).hasSize(2);
        assertThat(laptop.restore()).isEqualTo(Restore.RestoreOutcome.UNCHANGED);
        laptop.say("third", "and on");
        assertThat(laptop.save(LAPTOP)).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(server.restore()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        assertThat(server.transcript().lines()).hasSize(3);
    }

    @Test
    void whatAnyMachineKnowsIsRedactedAndStaysSo() throws IOException {
        laptop.save(LAPTOP);
        server.restore();
        assertThat(stored()).contains(YOURS);
        server.say("second", "now " + YOURS);
        assertThat(server.save(SERVER)).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored()).doesNotContain(YOURS).doesNotContain(MINE);
        assertThat(laptop.restore()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        laptop.say("third", "on");
        assertThat(laptop.save(LAPTOP)).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored()).doesNotContain(YOURS).doesNotContain(MINE);
        assertThat(stored().lines()).hasSize(3);
    }

    @Test
    void forgettingASecretMakesNoDivergence() throws IOException {
        laptop.save(LAPTOP);
        laptop.say("second", "on");
        assertThat(laptop.save(knowing(Map.of()))).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored()).doesNotContain(MINE);
        assertThat(stored().lines()).hasSize(2);
        assertThat(laptop.save(knowing(Map.of()))).isEqualTo(Save.SaveOutcome.UNCHANGED);
        assertThat(laptop.save(Redaction.NONE)).isEqualTo(Save.SaveOutcome.UNCHANGED);
    }

    @Test
    void aSecretThatWasStoredIsTakenOutOfTheStoreLater() throws IOException {
        laptop.save(Redaction.NONE);
        assertThat(stored()).contains(MINE);
        assertThat(laptop.save(LAPTOP)).isEqualTo(Save.SaveOutcome.SAVED);
        assertThat(stored()).doesNotContain(MINE);
        assertThat(laptop.restore()).isEqualTo(Restore.RestoreOutcome.UNCHANGED);
    }

    @Test
    void twoContinuationsAreStillTwo() throws IOException {
        laptop.save(LAPTOP);
        server.restore();
        server.say("second", "here");
        laptop.say("third", "there");
        server.save(SERVER);
        assertThat(laptop.save(LAPTOP)).isEqualTo(Save.SaveOutcome.KEPT_BOTH);
    }

    @Test
    void filesBesideTheTranscriptAreRedactedAndKept() throws IOException {
        Path result = laptop.write("tool-results/x.txt", "out: " + MINE + "\n");
        laptop.write("subagents/agent-1.jsonl", record("a", "sub " + MINE));
        laptop.save(LAPTOP);
        server.restore();
        assertThat(server.read("tool-results/x.txt")).startsWith("out: [redacted:known-value:");
        assertThat(server.read("subagents/agent-1.jsonl")).contains("sub [redacted:known-value:");
        server.say("second", "on");
        server.save(SERVER);
        assertThat(laptop.restore()).isEqualTo(Restore.RestoreOutcome.APPENDED);
        assertThat(Files.readString(result)).contains(MINE);
        assertThat(laptop.read("subagents/agent-1.jsonl")).contains(MINE);
    }

    @Test
    void stopsWhenAskedTo() {
        assertThatThrownBy(() -> laptop.save(LAPTOP, true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("known-value in transcript.jsonl:1")
                .hasMessageNotContaining(MINE);
    }

    @Test
    void reportsWithoutChanging() throws IOException {
        Redaction report = new Redaction(Redaction.Mode.REPORT, OwnRules.NONE, Map.of("MY_TOKEN", MINE), List.of());
        laptop.save(report);
        assertThat(stored()).contains(MINE);
    }

    private static Redaction knowing(Map<String, String> environment) {
        return new Redaction(Redaction.Mode.ON, OwnRules.NONE, environment, List.of());
    }

    private String stored() throws IOException {
        var session = store.find(new Query.BySession(ID, Optional.empty())).orElseThrow();
        try (InputStream in = store.load(session).transcript().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String record(String uuid, String text) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"" + text + "\"},\"uuid\":\"" + uuid
                + "\",\"timestamp\":\"2026-11-21T04:13:41.768Z\",\"sessionId\":\"" + ID + "\"}\n";
    }

    private final class Machine {
        private final ClaudeHome home;
        private final Path work;

        Machine(Path folder) throws IOException {
            work = Files.createDirectories(folder.resolve("work")).toRealPath();
            home = ClaudeHome.at(folder.resolve("claude"));
            Files.createDirectories(home.projectOf(work));
        }

        private Path file() {
            return home.projectOf(work).resolve(ID + ".jsonl");
        }

        void say(String uuid, String text) throws IOException {
            Files.writeString(file(), record(uuid, text), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        Path write(String name, String text) throws IOException {
            Path file = home.projectOf(work).resolve(ID.text()).resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        }

        String read(String name) throws IOException {
            return Files.readString(home.projectOf(work).resolve(ID.text()).resolve(name));
        }

        String transcript() throws IOException {
            return Files.readString(file());
        }

        Save.SaveOutcome save(Redaction redaction) {
            return save(redaction, false);
        }

        Save.SaveOutcome save(Redaction redaction, boolean failOnSecrets) {
            Origin origin = new Origin(Instant.parse("2026-01-01T00:00:00Z"), "local", "0", Map.of());
            return Save.run(
                            new Save.SaveRequest(
                                    home,
                                    work,
                                    Optional.of(ID),
                                    Optional.empty(),
                                    new Key("k"),
                                    OnConflict.KEEP_BOTH,
                                    origin,
                                    redaction,
                                    failOnSecrets),
                            store)
                    .outcome();
        }

        Restore.RestoreOutcome restore() {
            return Restore.run(
                            new Restore.RestoreRequest(
                                    home,
                                    work,
                                    new Query.BySession(ID, Optional.empty()),
                                    OnConflict.FAIL,
                                    new Trust.Anyone()),
                            store)
                    .outcome();
        }
    }
}
