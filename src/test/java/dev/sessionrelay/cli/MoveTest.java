package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that change their store, and gists on the command line. */
@Needs(Tool.GIT)
class MoveTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path temporary;

    private StandIn standIn;
    private Repo repo;
    private Machine laptop;
    private Machine server;
    private Path bare;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("ghp_mine", new Grant.Classic(Set.of("repo", "gist")));
        laptop = machine("laptop");
        server = machine("server");
        bare = GitCommand.bare(temporary.resolve("sessions.git"));
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
    }

    private Machine machine(String name) throws IOException {
        return Machine.at(temporary.resolve(name))
                .with("GITHUB_API_URL", standIn.at().api())
                .with("GH_TOKEN", "ghp_mine");
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private String saveInGist() throws IOException {
        Machine.Run saved = laptop.run("save", "--store", "gist", "--key", "pr-12", "--json");
        assertThat(saved.exitCode()).as(saved.err()).isZero();
        return saved.json().path("ref").asText();
    }

    @Test
    void carriesASessionFromAGistToABranch() throws IOException {
        String ref = saveInGist();
        Machine.Run moved = server.run("move", ref, "git:" + bare, "--json");

        assertThat(moved.exitCode()).as(moved.out() + moved.err()).isZero();
        assertThat(moved.json().path("removed").asBoolean()).isTrue();
        assertThat(moved.json().path("ref").asText()).isEqualTo("git:" + bare + "#session-relay/pr-12/" + ID);
        assertThat(standIn.gists().all()).isEmpty();
        assertThat(server.run("restore", "--store", "git:" + bare, "--key", "pr-12")
                        .exitCode())
                .isZero();
        assertThat(server.transcript(ID)).hasSameBinaryContentAs(laptop.transcript(ID));
    }

    @Test
    void movesTwiceToTheSameAndKeepsWhatItIsToldToKeep() throws IOException {
        String ref = saveInGist();
        assertThat(server.run("move", ref, "git:" + bare, "--keep").out()).contains("the first copy is still there");
        Machine.Run again = server.run("move", ref, "git:" + bare, "--json");
        assertThat(again.json().path("bytes_written").asLong()).isZero();
        assertThat(standIn.gists().all()).isEmpty();
    }

    @Test
    void refusesToMoveOverASessionThatWentOn() throws IOException {
        String ref = saveInGist();
        laptop.conversation(ID).turn("begin").turn("go on").writeTo(laptop.transcript(ID));
        laptop.run("save", "--store", "git:" + bare, "--key", "pr-12");
        Machine.Run moved = server.run("move", ref, "git:" + bare);

        assertThat(moved.exitCode()).isEqualTo(4);
        assertThat(standIn.gists().all()).hasSize(1);
    }

    @Test
    void carriesAnArtifactToThePlansBranch() throws IOException {
        String text = Files.readString(laptop.transcript(ID));
        standIn.artifacts().upload(repo, 77, "session-" + ID, PlanCommandTest.zip("session.jsonl", text), false);
        Machine.Run moved = server.run(
                "move",
                "artifact:octocat/hello#77/" + ID,
                "git:" + bare,
                "--layout",
                "erk",
                "--plan-issue",
                "12",
                "--json");

        assertThat(moved.exitCode()).as(moved.err()).isZero();
        assertThat(moved.json().path("removed").asBoolean(true)).isFalse();
        assertThat(GitCommand.in(bare).run("show", "async-learn/12:.erk/session/" + ID + ".jsonl"))
                .isEqualTo(text);
        Machine.Run back = server.run("move", "git:" + bare + "#async-learn/12/" + ID, "artifact:octocat/hello#77");
        assertThat(back.exitCode()).isEqualTo(2);
    }

    @Test
    void trustsAnArtifactOfTheRepositorysOwnRunButNotOfAForks() throws IOException {
        server.with("GITHUB_SERVER_URL", "https://github.com");
        byte[] zip = PlanCommandTest.zip("session.jsonl", Files.readString(laptop.transcript(ID)));
        Repo fork = standIn.hub().repository("mallory/hello", false);
        standIn.artifacts().upload(repo, 77, "session-" + ID, zip, false);
        standIn.artifacts().upload(repo, fork, 78, "session-" + ID, zip, false);

        Machine.Run ofFork = restoreTrusting("artifact:octocat/hello#78/" + ID);
        assertThat(ofFork.exitCode()).as(ofFork.out()).isEqualTo(6);
        assertThat(server.transcript(ID)).doesNotExist();
        Machine.Run own = restoreTrusting("artifact:octocat/hello#77/" + ID);
        assertThat(own.exitCode()).as(own.err()).isZero();
    }

    private Machine.Run restoreTrusting(String ref) throws IOException {
        return server.run("restore", ref, "--repository", "octocat/hello", "--trust", "same-repository");
    }

    @Test
    void restoresByTheAddressOfAGistWithoutAToken() throws IOException {
        String id = saveInGist().substring("gist:".length());
        server.without("GH_TOKEN");
        Machine.Run run = server.run("restore", "--gist-url", "https://gist.github.com/octocat/" + id + "#file-a");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(server.transcript(ID)).hasSameBinaryContentAs(laptop.transcript(ID));
        assertThat(server.run("save", "--store", "gist").err()).contains("scope \"gist\"");
    }

    @Test
    void listsShowsAndDeletesGists() throws IOException {
        String ref = saveInGist();
        assertThat(server.run("list", "--store", "gist", "--json")
                        .json()
                        .at("/sessions/0/ref")
                        .asText())
                .isEqualTo(ref);
        assertThat(server.run("show", "--store", "gist", "--key", "pr-12").out())
                .contains("begin");
        assertThat(server.run("delete", ref).exitCode()).isZero();
        assertThat(standIn.gists().all()).isEmpty();
        assertThat(server.run("show", ref).exitCode()).isEqualTo(1);
    }
}
