package dev.sessionrelay.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    private static final SessionId ONE = Conversation.id(1);
    private static final SessionId TWO = Conversation.id(2);

    private Path folder;
    private Path project;
    private ClaudeHome home;
    private Discovery discovery;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        folder = Files.createDirectories(temp.toRealPath().resolve("work/a_b"));
        home = ClaudeHome.at(temp.resolve("claude"));
        project = home.projectOf(folder);
        discovery = new Discovery(home);
    }

    @Test
    void takesTheSessionWhoseLastRecordIsNewest() throws IOException {
        write(Conversation.of(ONE).in(folder).at("2026-11-20T12:00:00Z").turn("later"), ONE);
        write(Conversation.of(TWO).in(folder).at("2026-11-20T11:00:00Z").turn("earlier"), TWO);
        Files.setLastModifiedTime(file(ONE), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(newest()).isEqualTo(ONE);
        assertThat(discovery.candidates(folder, Optional.empty()))
                .extracting(Candidate::id)
                .containsExactly(ONE, TWO);
    }

    @Test
    void takesTheFilesTimeWhereNoRecordHasOne() throws IOException {
        Files.createDirectories(project);
        Files.writeString(file(ONE), "{\"type\":\"mode\"}\n");
        Files.setLastModifiedTime(file(ONE), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(discovery.candidates(folder, Optional.empty()).getFirst().newest())
                .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void leavesTheSessionOfAFolderWithTheSameName() throws IOException {
        for (String namesake : new String[] {"a-b", "a.b", "a b"}) {
            write(Conversation.of(ONE).in(folder.resolveSibling(namesake)).turn("not here"), ONE);

            assertThatThrownBy(this::newest)
                    .hasMessageContaining("was recorded in " + folder.resolveSibling(namesake))
                    .extracting(DiscoveryTest::exitCode)
                    .isEqualTo(ExitCode.NOTHING_FOUND);
        }
    }

    @Test
    void takesASessionOfANamesakeThatWentOnHere() throws IOException {
        write(
                Conversation.of(ONE)
                        .in(folder.resolveSibling("a-b"))
                        .turn("there")
                        .in(folder)
                        .turn("here"),
                ONE);

        assertThat(newest()).isEqualTo(ONE);
    }

    @Test
    void takesASessionThatWasBroughtFromElsewhere() throws IOException {
        write(Conversation.of(ONE).in("/home/runner/work/repo/repo").turn("on a runner"), ONE);

        assertThat(newest()).isEqualTo(ONE);
    }

    @Test
    void keepsToABranchWhenOneIsAskedFor() throws IOException {
        write(Conversation.of(ONE).in(folder).onBranch("main").turn("one"), ONE);
        write(
                Conversation.of(TWO)
                        .in(folder)
                        .onBranch("feature")
                        .at("2026-11-20T12:00:00Z")
                        .turn("two"),
                TWO);

        assertThat(discovery.newest(folder, Optional.of("main")).id()).isEqualTo(ONE);
        assertThat(discovery.newest(folder, Optional.of("feature")).id()).isEqualTo(TWO);
        assertThat(newest()).isEqualTo(TWO);
        assertThatThrownBy(() -> discovery.newest(folder, Optional.of("other")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("none of the 2 sessions")
                .hasMessageContaining("branch other");
    }

    @Test
    void takesASessionThatEverWasOnTheBranch() throws IOException {
        write(
                Conversation.of(ONE)
                        .in(folder)
                        .onBranch("main")
                        .turn("one")
                        .onBranch("feature")
                        .turn("two"),
                ONE);

        assertThat(discovery.newest(folder, Optional.of("main")).id()).isEqualTo(ONE);
        assertThat(discovery.newest(folder, Optional.of("feature")).id()).isEqualTo(ONE);
    }

    @Test
    void neverTakesASubagentForASession() throws IOException {
        Conversation agent = Conversation.of(ONE).in(folder).turn("to a subagent");
        agent.writeTo(project.resolve("agent-a1b2c3d.jsonl"));
        agent.writeTo(project.resolve(ONE + "/subagents/agent-a1b2c3d.jsonl"));
        agent.writeTo(project.resolve("notes.jsonl"));

        assertThat(discovery.candidates(folder, Optional.empty())).isEmpty();
    }

    @Test
    void findsASessionByItsIdWhereverItWasRecorded() throws IOException {
        write(Conversation.of(ONE).in(folder).turn("here"), ONE);
        Path elsewhere = home.projects().resolve("-other-project");
        Conversation.of(TWO).turn("there").writeTo(elsewhere.resolve(TWO + ".jsonl"));

        assertThat(discovery.byId(ONE, folder).transcript()).isEqualTo(file(ONE));
        assertThat(discovery.byId(TWO, folder).transcript()).isEqualTo(elsewhere.resolve(TWO + ".jsonl"));
    }

    @Test
    void prefersThisFoldersCopyOfASession() throws IOException {
        write(Conversation.of(ONE).in(folder).turn("here"), ONE);
        Conversation.of(ONE).turn("there").writeTo(home.projects().resolve("-other/" + ONE + ".jsonl"));

        assertThat(discovery.byId(ONE, folder).transcript()).isEqualTo(file(ONE));
        assertThat(discovery.elsewhere(ONE, project)).hasSize(1);
    }

    @Test
    void refusesToChooseBetweenTwoForeignCopies() throws IOException {
        Conversation.of(ONE).turn("there").writeTo(home.projects().resolve("-other/" + ONE + ".jsonl"));
        Conversation.of(ONE).turn("there").writeTo(home.projects().resolve("-third/" + ONE + ".jsonl"));

        assertThatThrownBy(() -> discovery.byId(ONE, folder))
                .hasMessageContaining("ambiguous")
                .hasMessageContaining("-other")
                .hasMessageContaining("-third")
                .extracting(DiscoveryTest::exitCode)
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void saysThatAnIdIsUnknown() {
        assertThatThrownBy(() -> discovery.byId(ONE, folder))
                .hasMessageContaining("no session " + ONE)
                .extracting(DiscoveryTest::exitCode)
                .isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void saysThatThereIsNoClaudeCodeHere() {
        assertThatThrownBy(this::newest)
                .hasMessageContaining("no Claude Code sessions on this machine")
                .extracting(DiscoveryTest::exitCode)
                .isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void saysThatThisFolderHasNoSession() throws IOException {
        Files.createDirectories(home.projects());

        assertThatThrownBy(this::newest)
                .hasMessageContaining("no Claude Code session for " + folder)
                .extracting(DiscoveryTest::exitCode)
                .isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void passesOverFilesWithoutAConversation() throws IOException {
        write(Conversation.of(ONE).in(folder).turn("one"), ONE);
        Files.writeString(file(TWO), "");
        Files.writeString(file(Conversation.id(3)), "{\"type\":\"mode\",\"timestamp\":\"2030-01-01T00:00:00Z\"}\n");
        Files.createDirectory(file(Conversation.id(4)));

        assertThat(newest()).isEqualTo(ONE);
        assertThat(discovery.candidates(folder, Optional.empty()))
                .filteredOn(candidate -> !candidate.fits())
                .extracting(Candidate::verdict)
                .containsExactlyInAnyOrder(
                        "holds no conversation", "holds no conversation", "cannot be read: Is a directory");
    }

    @Test
    void passesOverAFileThatCannotBeRead() throws IOException {
        write(Conversation.of(ONE).in(folder).turn("one"), ONE);
        Files.createDirectory(file(TWO)); // not even root reads this as a file

        assertThat(newest()).isEqualTo(ONE);
    }

    @Test
    void seesBothEndsOfALargeFile() throws IOException {
        String tool = "{\"type\":\"user\",\"toolUseResult\":{},\"message\":{\"content\":\"" + "x".repeat(1000) + "\"}}";
        Conversation large =
                Conversation.of(ONE).in("/home/first").onBranch("first").turn("one");
        for (int i = 0; i < 1500; i++) {
            large.line(tool);
        }
        large.in(folder).onBranch("last").at("2026-11-20T23:00:00Z").turn("two");
        write(large, ONE);

        Candidate found = discovery.newest(folder, Optional.empty());
        assertThat(found.facts().firstFolder()).contains("/home/first");
        assertThat(found.facts().lastFolder()).contains(folder.toString());
        assertThat(found.facts().firstBranch()).contains("first");
        assertThat(found.facts().lastBranch()).contains("last");
        assertThat(found.newest()).isEqualTo(Instant.parse("2026-11-20T23:00:02Z"));
        assertThat(found.size()).isEqualTo(large.bytes().length);
    }

    @Test
    void looksIntoTheMiddleOfALargeFileWhenItsEndsSayNothing() throws IOException {
        String state = "{\"type\":\"mode\",\"mode\":\"" + "x".repeat(1000) + "\"}";
        Conversation large = Conversation.of(ONE).in(folder);
        for (int i = 0; i < 500; i++) {
            large.line(state);
        }
        large.turn("in the middle");
        for (int i = 0; i < 500; i++) {
            large.line(state);
        }
        write(large, ONE);

        assertThat(newest()).isEqualTo(ONE);
    }

    @Test
    void findsTheSessionsOfALinkedFolder() throws IOException {
        write(Conversation.of(ONE).in(folder).turn("one"), ONE);
        Path link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);

        assertThat(discovery.newest(link, Optional.empty()).id()).isEqualTo(ONE);
    }

    private SessionId newest() {
        return discovery.newest(folder, Optional.empty()).id();
    }

    private Path file(SessionId id) {
        return project.resolve(id + ".jsonl");
    }

    private void write(Conversation conversation, SessionId id) throws IOException {
        conversation.writeTo(file(id));
    }

    private static ExitCode exitCode(Throwable thrown) {
        return ((Failure) thrown).exitCode();
    }
}
