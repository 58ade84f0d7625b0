package dev.sessionrelay.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Samples;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFilesTest {
    private static final SessionId ID = Conversation.id(1);

    private SessionFiles.Places places;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        ClaudeHome home = ClaudeHome.at(temp.resolve("claude"));
        places = new SessionFiles.Places(home, home.projects().resolve("-home-dev-project"), ID);
        Conversation.of(ID).turn("one").writeTo(places.transcript());
    }

    @Test
    void gathersWhatClaudeCodeRecorded() throws IOException {
        assertThat(names(SessionFiles.gather(Samples.MEDIUM.places())))
                .containsExactly(
                        "transcript.jsonl",
                        "subagents/agent-a802d9ffb7b39902d.jsonl",
                        "subagents/agent-a802d9ffb7b39902d.meta.json",
                        "tool-results/b1e1wr91f.txt");
        assertThat(names(SessionFiles.gather(Samples.INTERACTIVE.places())))
                .containsExactly("transcript.jsonl", "custom-title.json");
        assertThat(names(SessionFiles.gather(Samples.SMALL.places()))).containsExactly("transcript.jsonl");
    }

    @Test
    void leavesCachesAndTracesOfProcessesHere() throws IOException {
        write("resume-head.jsonl", "{}\n");
        write("subagents/resume-head.jsonl", "{}\n");
        write(".hidden", "x");
        write("subagents/.agent-1.jsonl.tmp", "x");
        write("session.lock", "x");
        write("terminal.cast", "x");
        write("custom-title.json", "{}");

        assertThat(names(gather())).containsExactly("transcript.jsonl", "custom-title.json");
    }

    @Test
    void followsNoLinks() throws IOException {
        Path secret = Files.writeString(places.home().root().resolve("secret.txt"), "secret");
        Path folder = Files.createDirectories(places.home().root().resolve("folder"));
        Files.writeString(folder.resolve("inside.txt"), "secret");
        Files.createDirectories(places.folder().resolve("tool-results"));
        Files.createSymbolicLink(places.folder().resolve("tool-results/link.txt"), secret);
        Files.createSymbolicLink(places.folder().resolve("subagents"), folder);
        Files.createSymbolicLink(places.project().resolve("agent-1.jsonl"), places.transcript());
        Files.createDirectories(places.home().root().resolve("tasks"));
        Files.createSymbolicLink(places.home().tasksOf(ID), folder);

        assertThat(names(gather())).containsExactly("transcript.jsonl");
    }

    @Test
    void followsNoLinkInPlaceOfTheSessionsFolder() throws IOException {
        Path folder = Files.createDirectories(places.home().root().resolve("folder"));
        Files.writeString(folder.resolve("inside.txt"), "secret");
        Files.createSymbolicLink(places.folder(), folder);

        assertThat(names(gather())).containsExactly("transcript.jsonl");
    }

    @Test
    void takesTheSubagentsBesideTheTranscriptThatAreItsOwn() throws IOException {
        Conversation.of(ID).turn("mine").writeTo(places.project().resolve("agent-1111111.jsonl"));
        Conversation.of(Conversation.id(2))
                .turn("another's")
                .writeTo(places.project().resolve("agent-2222222.jsonl"));
        Files.writeString(places.project().resolve("agent-3333333.jsonl"), "{\"type\":\"user\"}\njunk\n");
        Files.writeString(
                places.project().resolve("agent-4444444.jsonl"),
                "{\"type\":\"mode\"}\n{\"type\":\"user\",\"sessionId\":\"" + ID + "\"}\n");

        assertThat(names(gather()))
                .containsExactly("transcript.jsonl", "@beside/agent-1111111.jsonl", "@beside/agent-4444444.jsonl");
    }

    @Test
    void takesTheTaskList() throws IOException {
        Files.createDirectories(places.home().tasksOf(ID));
        Files.writeString(places.home().tasksOf(ID).resolve("1.json"), "{}");
        Files.writeString(places.home().tasksOf(ID).resolve(".lock"), "");
        Files.createDirectories(places.home().tasksOf(Conversation.id(2)));
        Files.writeString(places.home().tasksOf(Conversation.id(2)).resolve("2.json"), "{}");

        assertThat(names(gather())).containsExactly("transcript.jsonl", "@tasks/1.json");
    }

    @Test
    void leavesNamesThatCouldNotBeRestored() throws IOException {
        write("tool-results/back\\slash.txt", "x");
        write("tool-results/line\nbreak.txt", "x");
        write("@tasks/1.json", "x");
        write("transcript.jsonl", "x");
        write("a/b/c/d/e/f/g/h/deep.txt", "x");
        write("tool-results/fine name.txt", "x");

        assertThat(names(gather())).containsExactly("transcript.jsonl", "tool-results/fine name.txt");
    }

    @Test
    void namesThePlaceOfEveryEntry() {
        assertThat(places.of(EntryName.TRANSCRIPT)).isEqualTo(places.project().resolve(ID + ".jsonl"));
        assertThat(places.of(new EntryName("subagents/agent-1.jsonl")))
                .isEqualTo(places.project().resolve(ID + "/subagents/agent-1.jsonl"));
        assertThat(places.of(new EntryName("@beside/agent-1.jsonl")))
                .isEqualTo(places.project().resolve("agent-1.jsonl"));
        assertThat(places.of(new EntryName("@tasks/1.json")))
                .isEqualTo(places.home().root().resolve("tasks/" + ID + "/1.json"));
    }

    private SessionFiles gather() throws IOException {
        return SessionFiles.gather(places);
    }

    private static List<String> names(SessionFiles files) {
        return files.names().stream().map(EntryName::text).toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = places.folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
