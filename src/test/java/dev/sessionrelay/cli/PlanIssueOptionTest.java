package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.github.standin.Gist;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Issue;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.plan.PlanBody;
import dev.sessionrelay.plan.PlanSamples;
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

/** A save that tells a plan's issue where the session is. */
class PlanIssueOptionTest {
    private static final SessionId ID = Conversation.id(1);
    private static final SessionId OTHER = Conversation.id(2);

    @TempDir
    private Path temporary;

    private StandIn standIn;
    private Issue issue;
    private Machine laptop;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        issue = standIn.hub()
                .repository("octocat/hello", false)
                .issue(12, PlanSamples.modern(PlanSamples.FIELDS) + "\n\nThe plan");
        standIn.hub().grant("ghp_mine", new Grant.Classic(Set.of("repo", "gist")));
        laptop = Machine.at(temporary.resolve("laptop"))
                .with("GITHUB_API_URL", standIn.at().api())
                .with("GH_TOKEN", "ghp_mine");
        Files.createDirectories(laptop.folder().resolve(".git"));
        Files.writeString(laptop.folder().resolve(".git/HEAD"), "ref: refs/heads/P12-fix\n");
        Files.writeString(
                laptop.folder().resolve(".git/config"),
                "[remote \"origin\"]\n\turl = http://localhost/octocat/hello.git\n");
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private PlanBody header() {
        return PlanBody.require(issue.body());
    }

    @Test
    void namesTheGist() throws IOException {
        Machine.Run run = laptop.run("save", "--store", "gist", "--plan-issue", "12", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode answer = run.json();
        assertThat(answer.path("issue_number").asInt()).isEqualTo(12);
        assertThat(answer.path("issue_updated").asBoolean()).isTrue();
        assertThat(answer.has("issue_update_error")).isFalse();
        assertThat(answer.path("key").asText()).isEqualTo("plan-12");
        Gist gist = standIn.gists().all().getFirst();
        assertThat(header().fields().text("last_session_gist_url"))
                .contains("https://gist.github.com/octocat/" + gist.id());
        assertThat(header().fields().text("last_session_gist_id")).contains(gist.id());
        assertThat(header().fields().text("last_session_id")).contains(ID.text());
        assertThat(header().fields().text("last_session_source")).contains("local");
        assertThat(header().fields().text("last_session_at")).contains("2026-11-21T10:01:00.123000+00:00");
        assertThat(issue.body()).endsWith("\n\nThe plan");
    }

    @Test
    @Needs(Tool.GIT)
    void namesTheBranch() throws IOException {
        Path bare = GitCommand.bare(temporary.resolve("sessions.git"));
        laptop.run("save", "--store", "gist", "--plan-issue", "12");
        Machine.Run run = laptop.run(
                "save",
                "--store",
                "git:" + bare,
                "--layout",
                "erk",
                "--plan-issue",
                "https://localhost/octocat/hello/issues/12");

        assertThat(run.out()).as(run.err()).contains("plan #12 names it");
        assertThat(header().fields().text("last_session_branch")).contains("async-learn/12");
        assertThat(issue.body()).doesNotContain("gist");
    }

    @Test
    void savesAllTheSameWhenThereIsNoSuchPlan() throws IOException {
        Machine.Run run = laptop.run("save", "--store", "gist", "--plan-issue", "999", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().path("success").asBoolean()).isTrue();
        assertThat(run.json().path("issue_updated").asBoolean(true)).isFalse();
        assertThat(run.json().path("issue_update_error").asText()).startsWith("Plan #999 not found");
        assertThat(standIn.gists().all()).hasSize(1);
    }

    @Test
    void warnsWhenTheIssueHoldsNoPlan() {
        issue.write("no plan");
        Machine.Run run = laptop.run("save", "--store", "gist", "--plan-issue", "#12");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("warning: the session is saved, but plan #12 does not name it: plan-header block not found");
    }

    @Test
    void saysThatAHeaderNamesGistsAndBranchesOnly() {
        Machine.Run run = laptop.run("save", "--plan-issue", "12");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("a plan's header can name a gist or a branch");
    }

    @Test
    void restoresWhatThePlansNumberNames() throws IOException {
        laptop.run("save", "--store", "gist", "--plan-issue", "12");
        laptop.conversation(OTHER).onBranch("P12-fix").turn("other").writeTo(laptop.transcript(OTHER));
        laptop.run("save", "--store", "gist", "--session-id", OTHER.text());
        Files.delete(laptop.transcript(ID));

        Machine.Run run = laptop.run("restore", "--store", "gist", "--plan-issue", "12", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("session_id").asText()).isEqualTo(ID.text());
        assertThat(laptop.run("show", "--store", "gist", "--plan-issue", "12").exitCode())
                .isZero();
        Machine.Run none = laptop.run("restore", "--store", "gist", "--plan-issue", "13");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("plan-13");
    }

    @Test
    @Needs(Tool.GIT)
    void warnsWhenAHeaderNamesItsSessionInAnotherWayFromNowOn() throws IOException {
        Path bare = GitCommand.bare(temporary.resolve("sessions.git"));
        assertThat(laptop.run("save", "--store", "gist", "--plan-issue", "12").err())
                .doesNotContain("warning");
        Machine.Run run =
                laptop.run("save", "--store", "git:" + bare, "--layout", "erk", "--plan-issue", "12", "--json");
        assertThat(run.json().path("issue_updated").asBoolean()).isTrue();
        assertThat(run.json().path("issue_update_warning").asText())
                .contains("the header named a gist before, and names a branch now")
                .contains("--store gist");
        laptop.conversation(ID).turn("begin").turn("go on").writeTo(laptop.transcript(ID));
        assertThat(laptop.run("save", "--store", "gist", "--plan-issue", "12").err())
                .contains("warning: plan #12: the header named a branch before, and names a gist now");
    }
}
