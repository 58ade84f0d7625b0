package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that carry sessions write the folder of the machine that they come to into every record. */
class RewrittenFolderTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path temporary;

    private static String outcome(Machine.Run run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().path("outcome").asText();
    }

    private String[] with(String verb) {
        return new String[] {verb, "--key", "k", "--store", "folder:" + temporary.resolve("store"), "--json"};
    }

    @Test
    void isTheSameSession() throws IOException {
        Machine laptop = Machine.at(temporary.resolve("laptop"));
        Machine server = Machine.at(temporary.resolve("server"));
        Conversation here = laptop.conversation(ID).turn("begin").turn("second");
        String before = here.text();
        here.writeTo(laptop.transcript(ID));
        laptop.run(with("save"));
        String rewritten = before.replace("\"cwd\":\"" + laptop.folder() + "\"", "\"cwd\":\"" + server.folder() + "\"");
        assertThat(rewritten).isNotEqualTo(before);
        String third = here.in(server.folder()).turn("third").text().substring(before.length());
        Files.createDirectories(server.project());
        Files.writeString(server.transcript(ID), rewritten + third);

        assertThat(outcome(server.run(with("save")))).isEqualTo("saved");
        assertThat(outcome(laptop.run(with("restore")))).isEqualTo("appended");
        assertThat(laptop.transcript(ID)).content().isEqualTo(before + third);
        assertThat(outcome(server.run(with("restore")))).isEqualTo("unchanged");
        assertThat(outcome(server.run(with("save")))).isEqualTo("unchanged");

        here.in(laptop.folder()).turn("fourth").writeTo(laptop.transcript(ID));
        assertThat(outcome(laptop.run(with("save")))).isEqualTo("saved");
        assertThat(outcome(server.run(with("restore")))).isEqualTo("appended");
        assertThat(server.transcript(ID))
                .content()
                .startsWith(rewritten + third)
                .contains("fourth");
    }

    /** The scripts' own archive, whose records all name the other machine. */
    @Test
    void isTheSameSessionWhereTheStoreHasTheRewrittenOne() throws IOException {
        Machine laptop = Machine.at(temporary.resolve("laptop"));
        Machine server = Machine.at(temporary.resolve("server"));
        Conversation here = laptop.conversation(ID).turn("begin").turn("second");
        String before = here.text();
        here.writeTo(laptop.transcript(ID));
        Files.createDirectories(server.project());
        String rewritten =
                before.replace(laptop.folder().toString(), server.folder().toString());
        String third = here.in(server.folder()).turn("third").text().substring(before.length());
        Files.writeString(server.transcript(ID), rewritten + third);
        assertThat(outcome(server.run(with("save")))).isEqualTo("saved");

        assertThat(outcome(laptop.run(with("restore")))).isEqualTo("appended");
        assertThat(laptop.transcript(ID)).content().isEqualTo(before + third);
        here.in(laptop.folder()).turn("fourth").writeTo(laptop.transcript(ID));
        assertThat(outcome(laptop.run(with("save")))).isEqualTo("saved");
        assertThat(outcome(server.run(with("restore")))).isEqualTo("appended");
    }
}
