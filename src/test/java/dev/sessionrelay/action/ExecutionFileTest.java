package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sessionrelay.testing.OutsideCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionFileTest {
    private static final String FIRST = "11111111-2222-4333-8444-555555555555";
    private static final String LAST = "99999999-2222-4333-8444-555555555555";

    @TempDir
    private Path temp;

    @Test
    void takesTheSessionThatWasNamedLast() throws IOException {
        write("[{\"session_id\":\"" + FIRST + "\"},{\"type\":\"result\",\"session_id\":\"" + LAST + "\"}]");
        assertThat(found(Instant.EPOCH)).contains(LAST);
    }

    @Test
    void doesNotBelieveWhatMessagesQuote() throws IOException {
        write("[{\"session_id\":\"" + FIRST + "\",\"message\":{\"content\":{\"session_id\":\"" + LAST + "\"}}}]");
        assertThat(found(Instant.EPOCH)).contains(FIRST);
    }

    @Test
    void passesOverWhatIsNoId() throws IOException {
        write("[{\"session_id\":\"" + FIRST + "\"},{\"session_id\":\"../x\"},{\"session_id\":7}]");
        assertThat(found(Instant.EPOCH)).contains(FIRST);
    }

    @Test
    void saysNothingOfAnotherJobsFileOrADamagedOne() throws IOException {
        assertThat(found(Instant.EPOCH)).isEmpty();
        write("[{\"session_id\":\"" + FIRST + "\"}]");
        assertThat(found(Instant.now().plusSeconds(60))).isEmpty();
        write("[{\"session_id\":\"" + FIRST);
        assertThat(found(Instant.EPOCH)).isEmpty();
    }

    @Test
    void waitsForNoPipe() throws IOException {
        OutsideCommand.make(
                "mkfifo", temp.resolve("claude-execution-output.json").toString());
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(found(Instant.EPOCH)).isEmpty());
    }

    private void write(String json) throws IOException {
        Files.writeString(temp.resolve("claude-execution-output.json"), json);
    }

    private Optional<String> found(Instant since) {
        return ExecutionFile.sessionIn(temp, since).map(Object::toString);
    }
}
