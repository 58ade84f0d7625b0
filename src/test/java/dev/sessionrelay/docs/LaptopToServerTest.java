package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Samples;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's way from a laptop to a server and back is run as it stands, but for what claude does in between. */
class LaptopToServerTest {
    private static final String FOLDER = "/mnt/shared/sessions";

    @Test
    void isRunLineByLine(@TempDir Path temp) throws IOException {
        Page.Block block = Page.of("README.md").blocks().stream()
                .filter(one -> one.lines().getFirst().startsWith("laptop$ "))
                .findFirst()
                .orElseThrow();
        Map<String, Machine> machines =
                Map.of("laptop", Machine.at(temp.resolve("laptop")), "server", Machine.at(temp.resolve("server")));
        Samples sample = Samples.SMALL;
        sample.copyInto(machines.get("laptop").project());
        String store = temp.toRealPath().resolve("store").toString();

        int run = 0;
        for (String line : block.lines()) {
            String machine = line.substring(0, line.indexOf('$'));
            List<String> words = ShellLine.commands(List.of(line)).getFirst();
            if (words.getFirst().equals("claude")) {
                goOn(machines.get(machine), sample.id());
                continue;
            }
            String[] arguments = words.stream()
                    .skip(1)
                    .map(word -> word.replace(FOLDER, store))
                    .toArray(String[]::new);
            Machine.Run ended = machines.get(machine).run(arguments);
            assertThat(ended.exitCode()).as("%s%n%s", line, ended.err()).isZero();
            run++;
        }

        assertThat(run).isEqualTo(4);
        assertThat(Files.readAllBytes(machines.get("laptop").transcript(sample.id())))
                .asString(StandardCharsets.UTF_8)
                .contains("what the server added");
    }

    private static void goOn(Machine machine, SessionId id) throws IOException {
        Path transcript = machine.transcript(id);
        assertThat(transcript).exists();
        Files.writeString(
                transcript,
                "{\"type\":\"summary\",\"summary\":\"what the server added\",\"leafUuid\":\"" + Conversation.id(7)
                        + "\"}\n",
                StandardOpenOption.APPEND);
    }
}
