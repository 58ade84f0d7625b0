package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Far more transcript than memory, which few bytes in a store can stand for: done, or ended in words. */
class SmallHeapIT {
    private static final SessionId ID = Conversation.id(1);
    private static final int TRANSCRIPT_MEGABYTES = Integer.getInteger("relay.bomb.megabytes", 40);
    private static final String HEAP = "-Xmx" + System.getProperty("relay.bomb.heap", "28m");

    @TempDir
    private Path temp;

    @Test
    void savesAndRestoresWhatIsLargerThanItsMemory() throws IOException {
        Machine author = Machine.at(temp.resolve("author"));
        Machine other = Machine.at(temp.resolve("other"));
        writeOneLine(author);

        if (isDone(author, List.of("save", "--session-id", ID.text(), "--key", "k"))) {
            isDone(other, List.of("restore", "--key", "k"));
        }
    }

    private static void writeOneLine(Machine author) throws IOException {
        String[] around = author.conversation(ID).turn("one").text().split("one", 2);
        String filling = "x".repeat(1 << 20);
        Files.createDirectories(author.project());
        try (BufferedWriter out = Files.newBufferedWriter(author.transcript(ID))) {
            out.write(around[0]);
            for (int i = 0; i < TRANSCRIPT_MEGABYTES; i++) {
                out.write(filling);
            }
            out.write(around[1]);
        }
    }

    /** Else it ended in words. */
    private boolean isDone(Machine machine, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(
                "--store=folder:" + temp.resolve("store"),
                "--claude-home=" + machine.claude(),
                "--working-directory=" + machine.folder()));
        Relay.Ran ran = Relay.built().with(HEAP).run(all);

        assertThat(ran.exit()).as(ran.err()).isIn(0, 6);
        assertThat(ran.err()).doesNotContain("\tat ", "Exception", "bug");
        if (ran.exit() == 6) {
            assertThat(ran.err()).contains("memory");
        }
        return ran.exit() == 0;
    }
}
