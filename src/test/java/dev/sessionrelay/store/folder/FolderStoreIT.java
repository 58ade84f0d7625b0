package dev.sessionrelay.store.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.Main;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many processes at once on one folder: what locks and renames promise between threads must hold between programs. */
class FolderStoreIT {
    private static final int PROCESSES = 5;
    private static final int WRITERS = 10;

    @Test
    @Timeout(120)
    void losesNothingOfFiftyWritersInFiveProcesses(@TempDir Path temp) throws Exception {
        Path store = temp.resolve("store");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(java(Writers.class, store, String.valueOf(1 + i * WRITERS), String.valueOf(WRITERS))
                    .redirectOutput(temp.resolve("log-" + i).toFile())
                    .start());
        }
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(processes.get(i).waitFor())
                    .as(Files.readString(temp.resolve("log-" + i)))
                    .isZero();
        }

        SessionStore kept = new FolderStore(store);
        SessionStore.Listing listing = kept.list();
        assertThat(listing.problems()).isEmpty();
        for (StoredSession session : listing.sessions()) {
            Verification.verify(kept.load(session), session.ref().toString());
        }
        assertThat(listing.sessions()).hasSize(PROCESSES * WRITERS + 1);
        assertThat(kept.find(new Query.ByKey(new Key("crowded")))).isPresent();
        assertThat(kept.find(new Query.BySession(Writers.SHARED, Optional.empty()))
                        .orElseThrow()
                        .manifest()
                        .facts()
                        .turns())
                .isEqualTo(PROCESSES * WRITERS);
    }

    /** A machine each, with continuations of one session that have parted: whoever comes late is kept beside it. */
    @Test
    @Timeout(120)
    void losesNoContinuationOfOneSession(@TempDir Path temp) throws Exception {
        Path store = temp.resolve("store");
        SessionId id = Conversation.id(1);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Machine machine = Machine.at(temp.resolve("machine-" + i));
            machine.conversation(id)
                    .in("/same")
                    .turn("common")
                    .turn("from " + i)
                    .writeTo(machine.transcript(id));
            processes.add(save(machine, store, temp.resolve("log-" + i)));
        }
        int kept = 0;
        for (Process process : processes) {
            int exitCode = process.waitFor();
            assertThat(exitCode).isIn(0, 4);
            kept += exitCode == 4 ? 1 : 0;
        }

        assertThat(kept).isEqualTo(3);
        Set<String> last = new HashSet<>();
        FolderStore reader = new FolderStore(store);
        for (StoredSession session : reader.list().sessions()) {
            String text = new String(reader.load(session).transcript().open().readAllBytes(), StandardCharsets.UTF_8);
            last.add(text.substring(text.lastIndexOf("answer to")));
        }
        assertThat(last).hasSize(4);
    }

    private static Process save(Machine machine, Path store, Path log) throws IOException {
        ProcessBuilder command = java(Main.class, "save", "--key", "crowded", "--store", "folder:" + store);
        command.directory(machine.folder().toFile());
        command.environment().put("HOME", machine.home().toString());
        command.environment().remove("CLAUDE_CONFIG_DIR");
        return command.redirectOutput(log.toFile()).start();
    }

    private static ProcessBuilder java(Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
