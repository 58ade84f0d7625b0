package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb, with sessions in draft releases. */
class ReleasesTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String REF = "release:octocat/hello@claude-sessions-main/" + ID;

    @TempDir
    private Path temporary;

    private StandIn standIn;
    private Repo repo;
    private Machine laptop;
    private Machine server;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("gho_mine", new Grant.Classic(Set.of("repo")));
        laptop = machine("laptop");
        server = machine("server");
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
    }

    private Machine machine(String name) throws IOException {
        Machine machine = Machine.at(temporary.resolve(name))
                .with("GITHUB_API_URL", standIn.at().api())
                .with("GH_TOKEN", "gho_mine");
        Files.createDirectories(machine.folder().resolve(".git"));
        Files.writeString(machine.folder().resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                machine.folder().resolve(".git/config"),
                "[remote \"origin\"]\n\turl = http://localhost/octocat/hello.git\n");
        return machine;
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    @Test
    void carriesASessionFromMachineToMachine() throws IOException {
        Machine.Run saved = laptop.run("save", "--store", "release", "--json");
        assertThat(saved.exitCode()).as(saved.err()).isZero();
        assertThat(saved.json().path("ref").asText()).isEqualTo(REF);
        assertThat(saved.err()).contains("which only people who may push there can see");

        assertThat(server.run("restore", REF).exitCode()).isZero();
        assertThat(server.transcript(ID)).hasSameBinaryContentAs(laptop.transcript(ID));

        laptop.conversation(ID).turn("begin").turn("go on").writeTo(server.transcript(ID));
        assertThat(server.run("save", "--store", "release", "--session-id", ID.text())
                        .out())
                .contains(REF);
        assertThat(laptop.run("restore", "--store", "release", "--key", "branch-main")
                        .exitCode())
                .isZero();
        assertThat(laptop.transcript(ID)).hasSameBinaryContentAs(server.transcript(ID));
    }

    @Test
    void listsShowsAndDeletes() throws IOException {
        laptop.run("save", "--store", "release");

        Machine.Run listed = server.run("list", "--store", "release:octocat/hello", "--json");
        assertThat(listed.json().path("sessions")).hasSize(1);
        assertThat(listed.json().at("/sessions/0/ref").asText()).isEqualTo(REF);
        assertThat(server.run("show", REF).out()).contains("begin");
        assertThat(server.run("delete", REF).exitCode()).isZero();
        assertThat(repo.releases().values())
                .singleElement()
                .satisfies(draft -> assertThat(draft.assets()).isEmpty());
        assertThat(server.run("show", REF).exitCode()).isEqualTo(1);
    }

    @Test
    void asksForATokenInWords() {
        Machine.Run run = laptop.without("GH_TOKEN").run("list", "--store", "release");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("no token was given").contains("gh auth token");
    }

    @Test
    void choosesByItself() {
        assertThat(laptop.run("save", "--store", "auto:octocat/hello").out()).contains(REF);
    }

    @Test
    void saysThatARefIsNone() {
        Machine.Run run = laptop.run("show", "release:octocat/hello@v1/" + ID);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("claude-sessions-main");
    }
}
