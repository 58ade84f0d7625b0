package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs: the step that restores, a Claude Code in between, and the call at the job's end that saves. */
class RelayTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String OTHER = "99999999-2222-4333-8444-555555555555";

    @TempDir
    private Path root;

    private StandInRunner runner;

    @BeforeEach
    void aRunner() {
        runner = new StandInRunner(root).with("store", "folder:.sessions");
    }

    private Claude claude() {
        return Claude.in(runner.home.resolve(".claude"), runner.hostWorkspace());
    }

    @Test
    void theFirstRunOfAThreadRestoresNothingAndSavesWhatClaudeLeft() throws IOException {
        StandInRunner.Ended step = runner.run();
        assertThat(step.exitCode()).isZero();
        assertThat(step.outputs()).containsEntry("restored", "false").containsEntry("claude-args", "");
        assertThat(step.variables()).containsEntry("SESSION_RESTORED", "false").containsEntry("SESSION_ID", "");
        assertThat(step.log()).contains("::notice title=Nothing to restore::");

        claude().turn(ID, "begin", Instant.now());
        StandInRunner.Ended end = runner.run();

        assertThat(end.exitCode()).as(end.log()).isZero();
        assertThat(end.outputs())
                .containsEntry("saved", "true")
                .containsEntry("session-id", ID)
                .containsEntry("key", "branch-main")
                .containsEntry("conflict", "");
        assertThat(end.outputs().get("ref")).isEqualTo("folder:" + runner.hostWorkspace() + "/.sessions/" + ID);
        assertThat(end.outputs().get("session-file"))
                .isEqualTo(runner.host
                        .resolve("work/_temp/_github_home/.claude/projects")
                        .resolve(claude().project().getFileName())
                        .resolve(ID + ".jsonl")
                        .toString());
        assertThat(end.summary())
                .contains("1 turn")
                .contains("1&#44;200 tokens".replace("&#44;", ","))
                .contains("restore");
    }

    @Test
    void theNextJobContinuesTheConversation() throws IOException {
        firstJob();
        Files.delete(claude().transcript(ID));

        StandInRunner.Ended step = runner.run();

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(step.outputs())
                .containsEntry("restored", "true")
                .containsEntry("claude-args", "--resume " + ID)
                .containsEntry("resume-command", "claude --resume " + ID)
                .containsEntry("matched-key", "branch-main");
        assertThat(step.variables()).containsEntry("SESSION_RESTORED", "true").containsEntry("SESSION_ID", ID);
        assertThat(claude().transcript(ID)).content().contains("begin");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(claude().transcript(ID))))
                .isEqualTo("rw-------");

        claude().turn(ID, "go on", Instant.now());
        StandInRunner.Ended end = runner.run();
        assertThat(end.outputs()).containsEntry("saved", "true").containsEntry("session-id", ID);
        assertThat(end.summary()).contains("2 turns");
    }

    @Test
    void savesWithoutSecretsAndSaysWhereTheyWere() throws IOException {
        String token = "ghp_" + "Zq8Yw7Xv6Ut5Sr4Qp3On2Ml1Kj0Ih9Gf8Ed7";
        runner.with("secrets", "{\"DOOR\": \"opens every door 4\", \"ON\": \"true\"}")
                .run();
        claude().turn(ID, "use " + token + " which opens every door 4", Instant.now());
        StandInRunner.Ended end = runner.run();

        assertThat(end.exitCode()).as(end.log()).isZero();
        assertThat(end.log())
                .contains("secret: github-pat in transcript.jsonl, line 1, message.content")
                .contains("secret: known-value in transcript.jsonl, line 1")
                .contains("1 of the values given as secret are not looked for")
                .doesNotContain(token.substring(4, 14));
        assertThat(end.summary()).contains("Secrets redacted").contains("1 github-pat, 1 known-value");
        Path transcript = claude().transcript(ID);
        assertThat(transcript).content().contains(token);
        Files.delete(transcript);
        runner.nextJob();
        runner.run();
        assertThat(transcript)
                .content()
                .contains("use [redacted:github-pat:")
                .contains(" which [redacted:known-value:")
                .doesNotContain(token);
    }

    @Test
    void savesNothingWithSecretsWhenTold() throws IOException {
        runner.with("fail-on-secrets", "true").run();
        claude().turn(ID, "use ghp_" + "Zq8Yw7Xv6Ut5Sr4Qp3On2Ml1Kj0Ih9Gf8Ed7", Instant.now());
        StandInRunner.Ended end = runner.run();
        assertThat(end.exitCode()).isEqualTo(3);
        assertThat(end.log()).contains("was not saved, since it holds secrets: github-pat in transcript.jsonl:1");
    }

    @Test
    void saysUnchangedWhenClaudeDidNotRunAfterTheRestore() throws IOException {
        firstJob();
        runner.run();
        StandInRunner.Ended end = runner.run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.outputs()).containsEntry("saved", "false").containsEntry("session-id", ID);
        assertThat(end.log()).contains("is unchanged since it was restored").doesNotContain("::warning");
    }

    @Test
    void takesTheSessionThatTheWorkflowNamesByTheJobsEnd() throws IOException {
        runner.run();
        claude().turn(ID, "named", Instant.now()).turn(OTHER, "newer", Instant.now());
        StandInRunner.Ended end = runner.with("session-id", ID).run();
        assertThat(end.outputs()).containsEntry("session-id", ID);
        assertThat(end.log()).contains("the input session-id names it");
    }

    @Test
    void findsTheSessionOfAFailedClaudeInItsExecutionFile() throws IOException {
        runner.run();
        claude().turn(ID, "failed", Instant.now()).turn(OTHER, "newer", Instant.now());
        Files.writeString(
                runner.temp.resolve("claude-execution-output.json"),
                "[{\"type\":\"system\",\"session_id\":\"" + ID + "\",\"tools\":[{\"session_id\":\"" + OTHER + "\"}]}]");
        StandInRunner.Ended end = runner.run();
        assertThat(end.outputs()).containsEntry("session-id", ID);
        assertThat(end.log()).contains("execution file names it");
    }

    @Test
    void takesNoOtherSessionThanTheNamedOne() throws IOException {
        runner.run();
        claude().turn(ID, "another", Instant.now());
        StandInRunner.Ended end = runner.with("session-id", OTHER).run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.outputs()).containsEntry("saved", "false");
        assertThat(end.log()).contains("::warning title=Nothing to save::Claude Code has no session " + OTHER);
    }

    @Test
    void takesNoSessionThatIsOlderThanTheJob() throws IOException {
        claude().turn(ID, "long ago", Instant.now().minusSeconds(3600));
        runner.run();
        StandInRunner.Ended end = runner.with("explain", "true").run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.outputs()).containsEntry("saved", "false");
        assertThat(end.log())
                .contains("::warning title=Nothing to save::")
                .contains("has nothing new since the step that restored");
    }

    @Test
    void keepsTheKeyThatTheStepHad() throws IOException {
        runner.with("key", "mine").run();
        claude().turn(ID, "begin", Instant.now());
        assertThat(runner.with("key", "changed").run().outputs()).containsEntry("key", "mine");
    }

    @Test
    void fallsBackToTheNewestKeyThatBeginsSo() throws IOException {
        firstJob();
        StandInRunner.Ended step = runner.with("key", "pr-7")
                .with("restore-keys", "nothing-\nbranch-\n")
                .run("restore");
        assertThat(step.outputs()).containsEntry("matched-key", "branch-main").containsEntry("key", "pr-7");
    }

    @Test
    void savingForAForkWarnsAndDoesNotFail() throws IOException {
        runner.event(
                "pull_request",
                "refs/pull/3/merge",
                "{\"repository\":{\"private\":false,\"visibility\":\"public\"},\"pull_request\":{\"number\":3,\"head\":{\"repo\":{"
                        + "\"full_name\":\"eve/my.re_po\"}},\"base\":{\"repo\":{\"full_name\":\"octo/my.re_po\"}}}}");
        assertThat(runner.run().exitCode()).isZero();
        claude().turn(ID, "begin", Instant.now());
        StandInRunner.Ended end = runner.run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.outputs()).containsEntry("saved", "false").containsEntry("key", "pr-3");
        assertThat(end.log()).contains("::warning title=Session not saved::").contains("from a fork");
        assertThat(runner.workspace.resolve(".sessions")).doesNotExist();
    }

    @Test
    void aFailureAtTheJobsEndOnlyWarns() throws IOException {
        runner.run();
        claude().turn(ID, "begin", Instant.now());
        Files.writeString(runner.workspace.resolve(".sessions"), "in the way");
        StandInRunner.Ended end = runner.run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.log()).contains("::warning title=Session not saved::");
        assertThat(end.outputs()).containsEntry("saved", "false");
    }

    @Test
    void theSavingHalfFailsWhenItCannotSave() throws IOException {
        claude().turn(ID, "begin", Instant.now());
        runner.environment.put(
                "CLAUDE_CONFIG_DIR", runner.home.resolve(".claude").toString());
        Files.writeString(runner.workspace.resolve(".sessions"), "in the way");
        StandInRunner.Ended step = runner.run("save");
        assertThat(step.exitCode()).isNotZero();
        assertThat(step.log()).contains("::error title=Session Relay%3A ");
    }

    @Test
    void modesThatDoOneThingDoNothingAtTheJobsEnd() {
        assertThat(runner.with("mode", "restore").run().state()).containsEntry("relay_mode", "RESTORE");
        StandInRunner.Ended end = runner.run();
        assertThat(end.exitCode()).isZero();
        assertThat(end.log()).isEmpty();
    }

    @Test
    void aMissingSessionIsAnErrorWhereThatIsAsked() {
        StandInRunner.Ended step = runner.with("on-missing", "error").run();
        assertThat(step.exitCode()).isEqualTo(1);
        assertThat(step.outputs()).containsEntry("restored", "false");
    }

    @Test
    void refusesAFolderThatIsNotShared() {
        StandInRunner.Ended step = runner.with("store", "folder:/mnt/elsewhere").run();
        assertThat(step.exitCode()).isEqualTo(2);
        assertThat(step.log()).contains("is not shared with this container");
    }

    @Test
    void refusesToLeaveASessionWhereThePublicReads() {
        StandInRunner.Ended step = runner.with("store", "git")
                .event("push", "refs/heads/main", "{\"repository\":{\"private\":false,\"visibility\":\"public\"}}")
                .run();
        assertThat(step.exitCode()).isEqualTo(3);
        assertThat(step.log()).contains("allow-public: true").contains("private repository");
    }

    @Test
    void aTokenNeverAppearsButToBeMasked() {
        StandInRunner.Ended step =
                runner.with("token", "ghs_secret").with("mode", "nonsense").run();
        assertThat(step.log()).startsWith("::add-mask::ghs_secret\n");
        assertThat(step.log().substring("::add-mask::ghs_secret\n".length())).doesNotContain("ghs_secret");
    }

    @Test
    void refusesKubernetesModeWhereEverythingWouldBeLost() {
        runner.environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        StandInRunner.Ended step = runner.run();
        assertThat(step.exitCode()).isEqualTo(2);
        assertThat(step.log()).contains("Kubernetes mode").contains("dind");
    }

    @Test
    void refusesToRunOutsideOfAJob() {
        runner.environment.remove("GITHUB_WORKSPACE");
        StandInRunner.Ended step = runner.run();
        assertThat(step.exitCode()).isEqualTo(2);
        assertThat(step.log()).contains("GITHUB_WORKSPACE is not set");
    }

    @Test
    void leavesTheSummaryAloneWhenAsked() {
        assertThat(runner.with("summary", "false").run().summary()).isEmpty();
    }

    @Test
    void doesNotTellATitleWhereThePublicReadsAlong() throws IOException {
        runner.run();
        claude().turn(ID, "begin", Instant.now());
        Files.writeString(
                claude().transcript(ID),
                "{\"type\":\"custom-title\",\"customTitle\":\"our secret plan\",\"sessionId\":\"" + ID + "\"}\n",
                java.nio.file.StandardOpenOption.APPEND);
        StandInRunner.Ended inPrivate = runner.run();
        assertThat(inPrivate.summary()).contains("our secret plan");

        runner.event("push", "refs/heads/main", "{\"repository\":{\"private\":false,\"visibility\":\"public\"}}");
        StandInRunner.Ended inPublic = runner.run();
        assertThat(inPublic.exitCode()).as(inPublic.log()).isZero();
        assertThat(inPublic.summary() + inPublic.log())
                .doesNotContain("secret plan")
                .contains(ID);
    }

    private void firstJob() throws IOException {
        runner.run();
        claude().turn(ID, "begin", Instant.now());
        assertThat(runner.run().outputs()).containsEntry("saved", "true");
        runner.nextJob();
    }
}
