package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.github.standin.Gist;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Issue;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.plan.PlanBody;
import dev.sessionrelay.plan.PlanSamples;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that erk's scripts call, with the fields, messages and exit codes that they look at. */
class PlanCommandTest {
    private static final SessionId ID = Conversation.id(1);
    private static final SessionId PLANNED = new SessionId("7c53d351-013c-4308-a705-3cc3387680a2");
    private static final String TEXT = Conversation.of(ID).turn("begin").text();

    @TempDir
    private Path temporary;

    private StandIn standIn;
    private Repo repo;
    private Issue issue;
    private Machine laptop;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        issue = repo.issue(12, PlanSamples.modern(PlanSamples.FIELDS));
        standIn.hub().grant("ghp_mine", new Grant.Classic(Set.of("repo", "gist")));
        laptop = Machine.at(temporary.resolve("laptop"))
                .with("GITHUB_API_URL", standIn.at().api())
                .with("GH_TOKEN", "ghp_mine");
        onBranch("P12-remote-sessions");
        Files.writeString(
                laptop.folder().resolve(".git/config"),
                "[remote \"origin\"]\n\turl = http://localhost/octocat/hello.git\n");
    }

    private void onBranch(String name) throws IOException {
        Files.createDirectories(laptop.folder().resolve(".git"));
        Files.writeString(laptop.folder().resolve(".git/HEAD"), "ref: refs/heads/" + name + "\n");
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private Path remoteSession() {
        return laptop.folder().resolve(".erk/scratch/remote-sessions/" + ID + "/session.jsonl");
    }

    @Test
    void uploadsToAGist() throws IOException {
        Path file = Files.writeString(temporary.resolve("any.jsonl"), TEXT);
        Machine.Run run = laptop.run(
                "plan",
                "upload",
                "--session-file",
                file.toString(),
                "--session-id",
                ID.text(),
                "--source",
                "remote",
                "--issue-number",
                "12");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        Gist gist = standIn.gists().all().getFirst();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode answer = run.json();
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.path("gist_id").asText()).isEqualTo(gist.id());
        assertThat(answer.path("gist_url").asText()).isEqualTo("https://gist.github.com/octocat/" + gist.id());
        assertThat(answer.path("raw_url").asText())
                .isEqualTo("https://gist.githubusercontent.com/octocat/" + gist.id() + "/raw/session-" + ID + ".jsonl");
        assertThat(answer.path("session_id").asText()).isEqualTo(ID.text());
        assertThat(answer.path("issue_number").asInt()).isEqualTo(12);
        assertThat(answer.path("plan_id").asInt()).isEqualTo(12);
        assertThat(answer.path("issue_updated").asBoolean()).isTrue();
        assertThat(gist.description()).isEqualTo("Claude Code session " + ID + " (remote)");
        assertThat(gist.files()).containsEntry("session-" + ID + ".jsonl", TEXT);
        assertThat(PlanBody.require(issue.body()).fields().text("last_session_gist_id"))
                .contains(gist.id());
    }

    @Test
    @Needs(Tool.GIT)
    void uploadsToTheBranchOfAPlan() throws IOException {
        Path bare = GitCommand.bare(temporary.resolve("sessions.git"));
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
        Machine.Run run = laptop.run(
                "plan",
                "upload",
                "--session-id",
                ID.text(),
                "--plan-id",
                "12",
                "--store",
                "git:" + bare,
                "--layout",
                "erk");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.json().path("session_branch").asText()).isEqualTo("async-learn/12");
        assertThat(run.json().path("plan_id").asInt()).isEqualTo(12);
        assertThat(run.json().path("issue_updated").asBoolean()).isTrue();

        Machine.Run fetched = laptop.run(
                "plan",
                "download",
                "--session-branch",
                "async-learn/12",
                "--session-id",
                ID.text(),
                "--repository",
                bare.toString());
        assertThat(fetched.exitCode()).as(fetched.out()).isZero();
        assertThat(fetched.json().path("source").asText()).isEqualTo("branch");
        assertThat(remoteSession()).hasSameBinaryContentAs(laptop.transcript(ID));
    }

    @Test
    void failsToUploadAsErkDoes() throws IOException {
        Machine.Run none = laptop.run("plan", "upload", "--session-id", ID.text(), "--store", "git");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.json().path("success").asBoolean(true)).isFalse();
        assertThat(none.json().path("error").asText())
                .isEqualTo("--plan-id is required for branch-based session upload");

        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("issues: write")));
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
        Machine.Run refused = laptop.with("GH_TOKEN", "ghs_job").run("plan", "upload", "--session-id", ID.text());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.json().path("error").asText())
                .startsWith("Failed to create gist: ")
                .contains("can never write gists");
    }

    @Test
    void uploadsEvenWhenThereIsNoSuchPlan() throws IOException {
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
        Machine.Run run = laptop.run("plan", "upload", "--session-id", ID.text(), "--plan-id", "999");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().path("issue_updated").asBoolean(true)).isFalse();
        assertThat(run.json().path("issue_update_error").asText()).startsWith("Plan #999 not found");
    }

    @Test
    void downloadsFromAGistAndKeepsTheCopyBeforeWhenThatFails() throws IOException {
        Gist gist = standIn.gists()
                .create("Claude Code session " + ID + " (local)", false, Map.of("session-" + ID + ".jsonl", TEXT));
        String url = "https://gist.github.com/octocat/" + gist.id();
        Machine.Run run = laptop.run("plan", "download", "--gist-url", url, "--session-id", ID.text());

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.json().path("path").asText()).isEqualTo(remoteSession().toString());
        assertThat(run.json().path("source").asText()).isEqualTo("gist");
        assertThat(remoteSession()).content().isEqualTo(TEXT);

        Machine.Run failed = laptop.run("plan", "download", "--gist-url", url + "00", "--session-id", ID.text());
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.json().path("error").asText()).startsWith("Failed to download from gist URL: ");
        assertThat(remoteSession()).content().isEqualTo(TEXT);
        Machine.Run other = laptop.run("plan", "download", "--gist-url", url, "--session-id", PLANNED.text());
        assertThat(other.json().path("error").asText()).contains("holds session " + ID + ", not " + PLANNED);
    }

    static byte[] zip(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void downloadsAnArtifact() throws IOException {
        standIn.artifacts().upload(repo, 77, "session-" + ID, zip(ID + ".jsonl", TEXT), false);
        standIn.artifacts().upload(repo, 78, "session-" + ID, zip(ID + ".txt", TEXT), false);
        standIn.artifacts().upload(repo, 79, "session-" + ID, zip(ID + ".jsonl", TEXT), true);
        Machine.Run run = laptop.run("plan", "download", "--run-id", "77", "--session-id", ID.text());

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.json().path("run_id").asText()).isEqualTo("77");
        assertThat(run.json().path("artifact_name").asText()).isEqualTo("session-" + ID);
        assertThat(remoteSession()).content().isEqualTo(TEXT);
        assertThat(error("78")).contains("No .jsonl file found in downloaded artifact 'session-" + ID + "'");
        assertThat(error("79")).contains("has expired");
        assertThat(error("80")).startsWith("Failed to download artifact 'session-" + ID + "' from run 80");
    }

    private String error(String run) throws IOException {
        Machine.Run failed = laptop.run("plan", "download", "--run-id", run, "--session-id", ID.text());
        assertThat(failed.exitCode()).isEqualTo(1);
        return failed.json().path("error").asText();
    }

    @Test
    void listsTheSourcesOfThePlanOfThisBranch() throws IOException {
        laptop.conversation(PLANNED).turn("plan").writeTo(laptop.transcript(PLANNED));
        issue.write(PlanSamples.modern(PlanSamples.FIELDS
                .replace("last_remote_impl_run_id: null", "last_remote_impl_run_id: '77'")
                .replace("last_remote_impl_session_id: null", "last_remote_impl_session_id: " + ID)));
        issue.comment(
                PlanSamples.block("impl-started", "session_id: " + ID, "<!-- /erk:metadata-block:impl-started -->")
                        .replace("block:plan-header", "block:impl-started"));
        JsonNode byRun = sources();
        assertThat(byRun.path("issue_number").asInt()).isEqualTo(12);
        assertThat(byRun.path("plan_id").asText()).isEqualTo("12");
        assertThat(byRun.path("planning_session_id").asText()).isEqualTo(PLANNED.text());
        assertThat(byRun.at("/implementation_session_ids/0").asText()).isEqualTo(ID.text());
        assertThat(byRun.at("/readable_session_ids/0").asText()).isEqualTo(PLANNED.text());
        assertThat(byRun.path("session_sources")).hasSize(2);
        assertThat(byRun.at("/session_sources/0/source_type").asText()).isEqualTo("local");
        assertThat(byRun.at("/session_sources/0/path").asText())
                .isEqualTo(laptop.transcript(PLANNED).toString());
        assertThat(byRun.at("/session_sources/1/source_type").asText()).isEqualTo("remote");
        assertThat(byRun.at("/session_sources/1/run_id").asText()).isEqualTo("77");

        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
        laptop.run("plan", "upload", "--session-id", ID.text(), "--issue-number", "12");
        JsonNode byGist = sources();
        assertThat(byGist.path("session_sources")).hasSize(3);
        assertThat(byGist.at("/session_sources/2/gist_url").asText())
                .isEqualTo(byGist.path("last_session_gist_url").asText())
                .startsWith("https://gist.github.com/octocat/");
        assertThat(byGist.at("/session_sources/2/run_id").isNull()).isTrue();
    }

    /** As erk: an issue without a header is a plan of which nothing is known. */
    @Test
    void listsNothingForAnIssueWithoutAHeader() throws IOException {
        issue.write("no plan");
        JsonNode found = sources();
        assertThat(found.path("success").asBoolean()).isTrue();
        assertThat(found.path("issue_number").asInt()).isEqualTo(12);
        assertThat(found.path("session_sources")).isEmpty();
        assertThat(found.path("planning_session_id").isNull()).isTrue();
        assertThat(found.path("last_session_id").isNull()).isTrue();
    }

    private JsonNode sources() throws IOException {
        Machine.Run run = laptop.run("plan", "sources");
        assertThat(run.exitCode()).as(run.out()).isZero();
        return run.json();
    }

    @Test
    void guessesFromTheBranchWhereNothingIsTrackedHere() throws IOException {
        laptop.conversation(ID)
                .onBranch("P12-remote-sessions")
                .turn("x".repeat(2000))
                .writeTo(laptop.transcript(ID));
        laptop.conversation(Conversation.id(2))
                .onBranch("main")
                .turn("x".repeat(2000))
                .writeTo(laptop.transcript(Conversation.id(2)));
        JsonNode found = sources();
        assertThat(found.path("local_session_ids")).hasSize(1);
        assertThat(found.at("/local_session_ids/0").asText()).isEqualTo(ID.text());
        assertThat(found.path("readable_session_ids")).isEmpty();
    }

    @Test
    void refusesAsErkDoes() throws IOException {
        onBranch("main");
        Machine.Run none = laptop.run("plan", "sources");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.json().path("error").asText())
                .isEqualTo("No issue specified and could not infer from branch name");
        assertThat(laptop.run("plan", "sources", "abc").json().path("error").asText())
                .isEqualTo("Invalid issue identifier: abc");
        assertThat(laptop.run("plan", "sources", "999").exitCode()).isEqualTo(1);
    }
}
