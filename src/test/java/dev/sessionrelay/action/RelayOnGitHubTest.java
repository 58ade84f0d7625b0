package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Issue;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.plan.PlanSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs in a public repository, with nothing chosen: the session goes to a draft release. */
class RelayOnGitHubTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String PUBLIC = "{\"repository\":{\"private\":false,\"visibility\":\"public\"}}";

    @TempDir
    private Path root;

    private StandIn standIn;
    private Repo repo;
    private StandInRunner runner;

    @BeforeEach
    void aPublicRepository() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octo/my.re_po", false);
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        runner = new StandInRunner(root).with("token", "ghs_job").event("push", "refs/heads/feature/x", PUBLIC);
        runner.environment.put("GITHUB_API_URL", standIn.at().api());
        runner.environment.put("GITHUB_SERVER_URL", standIn.at().pages());
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private Claude claude() {
        return Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace());
    }

    private StandInRunner.Ended firstJob() throws IOException {
        assertThat(runner.run().exitCode()).isZero();
        claude().turn(ID, "begin", Instant.now());
        StandInRunner.Ended end = runner.run();
        runner.nextJob();
        Files.delete(claude().transcript(ID));
        return end;
    }

    @Test
    void keepsTheSessionInADraft() throws IOException {
        StandInRunner.Ended end = firstJob();

        assertThat(end.outputs())
                .containsEntry("saved", "true")
                .containsEntry("store", "release:octo/my.re_po")
                .containsEntry("ref", "release:octo/my.re_po@claude-sessions-feature/x/" + ID)
                .containsEntry("url", standIn.at().pages() + "/octo/my.re_po/releases");
        assertThat(end.log()).contains("which only people who may push there can see");
        assertThat(end.summary()).contains("Not sealed").contains("encrypt-to");
        Release release = repo.releases().values().iterator().next();
        assertThat(release.isDraft()).isTrue();
        assertThat(release.asset("claude-session-" + ID + ".tar.gz")).isPresent();
    }

    @Test
    void theNextJobContinuesTheConversation() throws IOException {
        firstJob();

        StandInRunner.Ended step = runner.run();
        assertThat(step.outputs())
                .as(step.log())
                .containsEntry("restored", "true")
                .containsEntry("claude-args", "--resume " + ID)
                .containsEntry("matched-key", "branch-feature/x");
        assertThat(claude().transcript(ID)).content().contains("begin");
        claude().turn(ID, "go on", Instant.now());

        assertThat(runner.run().outputs()).containsEntry("saved", "true");
        assertThat(repo.releases()).hasSize(1);
    }

    @Test
    void warnsOfASessionThatWasPublished() throws IOException {
        firstJob();
        repo.releases().values().iterator().next().publish();
        StandInRunner.Ended step = runner.run();
        assertThat(step.log())
                .contains("::warning title=Kept sessions::session " + ID)
                .contains("PUBLISHED")
                .contains("gh release edit claude-sessions-feature/x --draft --repo octo/my.re_po");
        assertThat(step.summary()).contains("Not sealed");
    }

    @Test
    void restoresByARef() throws IOException {
        String ref = firstJob().outputs().get("ref");
        StandInRunner.Ended step = runner.with("ref", ref).run("restore");
        assertThat(step.outputs()).as(step.log()).containsEntry("restored", "true");
    }

    @Test
    void asksForTheVisibilityOfAnotherRepository() throws IOException {
        standIn.hub().repository("octo/notes", false);
        runner.with("repository", "octo/notes");
        assertThat(firstJob().outputs()).containsEntry("store", "release:octo/notes");
        assertThat(standIn.ledger().count("GET", "/repos/octo/notes")).isPositive();
        assertThat(standIn.ledger().count("GET", "/repos/octo/my.re_po")).isZero();
    }

    @Test
    void refusesABranchThatThePublicReads() {
        StandInRunner.Ended step = runner.with("store", "git").run();
        assertThat(step.exitCode()).isEqualTo(3);
        assertThat(step.log()).contains("leave out store").contains("allow-public: true");
        runner.nextJob();
        assertThat(runner.with("store", "auto").with("layout", "erk").run().exitCode())
                .isEqualTo(3);
        assertThat(standIn.ledger().lines()).isEmpty();
    }

    @Test
    void namesThePermissionThatTheJobLacks() throws IOException {
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: read")));
        assertThat(runner.run().exitCode()).isZero();
        claude().turn(ID, "begin", Instant.now());
        StandInRunner.Ended end = runner.run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.log())
                .contains("::warning title=Session not saved::")
                .contains("permissions: { contents: write }");
    }

    @Test
    void tellsThePlanWhereTheSessionIs() throws IOException {
        standIn.hub().grant("ghp_mine", new Grant.Classic(Set.of("repo", "gist")));
        Issue plan = repo.issue(12, PlanSamples.modern(PlanSamples.FIELDS));
        runner.with("token", "ghp_mine").with("store", "gist").with("plan-issue", "12");
        StandInRunner.Ended end = firstJob();

        assertThat(end.outputs())
                .as(end.log())
                .containsEntry("saved", "true")
                .containsEntry("key", "plan-12")
                .containsEntry("issue-updated", "true")
                .containsEntry("issue-update-error", "");
        assertThat(plan.body())
                .contains("last_session_gist_url: https://gist.github.com/octocat/"
                        + end.outputs().get("gist-id"))
                .contains("last_session_source: remote");
    }

    @Test
    void warnsWhereThePlanCannotBeTold() throws IOException {
        runner.with("plan-issue", "12");
        StandInRunner.Ended end = firstJob();

        assertThat(end.exitCode()).isZero();
        assertThat(end.outputs()).containsEntry("saved", "true").containsEntry("issue-updated", "false");
        assertThat(end.outputs().get("issue-update-error")).contains("a gist or a branch");
        assertThat(end.log()).contains("::warning title=Plan not updated::");
    }
}
