package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ref may come from an issue's text or from a fork; the workflow itself comes from the repository. */
class TrustOnARunnerTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path root;

    private StandInRunner runner;

    @BeforeEach
    void layOut() {
        runner = new StandInRunner(root);
        runner.with("store", "folder:.sessions");
    }

    private String saved(String store, String title) throws Exception {
        return Stores.open(store, new StoreContext(Map.of(), root, Map.of()))
                .save(
                        Bundles.of(ID)
                                .transcript(Conversation.of(ID)
                                        .turn(title)
                                        .line("{\"type\":\"custom-title\",\"customTitle\":" + Conversation.quoted(title)
                                                + ",\"sessionId\":\"" + ID + "\"}")
                                        .bytes())
                                .under("branch-main")
                                .build(),
                        Optional.empty())
                .session()
                .ref()
                .toString();
    }

    private void requireRefused(StandInRunner.Ended step, String message) {
        assertThat(step.exitCode()).as(step.log()).isEqualTo(6);
        assertThat(step.log())
                .contains("::error title=Session Relay%3A damaged or untrusted content::")
                .contains(message);
        assertThat(runner.home.resolve(".claude/projects")).doesNotExist();
    }

    @Test
    void refusesARefIntoAFolderThatAForkBroughtAlong() throws Exception {
        String ref = saved("folder:" + runner.workspace.resolve("evil"), "hello");

        requireRefused(runner.with("ref", ref).run("restore"), "the ref names a place outside of octo/my.re_po");
    }

    @Test
    void refusesARefThatOnlyBeginsLikeTheOwnFolder() throws Exception {
        String ref = saved("folder:" + runner.workspace.resolve(".sessions-evil"), "hello");

        requireRefused(runner.with("ref", ref).run("restore"), "the ref names a place outside of octo/my.re_po");
    }

    @Test
    @Needs(Tool.GIT)
    void refusesARefIntoAnotherRepository() throws Exception {
        Path repository = GitCommand.bare(runner.workspace.resolve("evil.git"));
        String ref = saved("git:" + repository, "hello");

        requireRefused(runner.with("ref", ref).run("restore"), "the ref names a place outside of octo/my.re_po");
    }

    @Test
    void takesARefIntoTheFolderThatTheWorkflowNames() throws Exception {
        String ref = saved("folder:" + runner.workspace.resolve(".sessions"), "hello");
        StandInRunner.Ended step = runner.with("ref", ref).run("restore");

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(step.outputs()).containsEntry("restored", "true");
    }

    @Test
    void takesAnyRefWhereTheWorkflowSaysSo() throws Exception {
        String ref = saved("folder:" + runner.workspace.resolve("elsewhere"), "hello");
        StandInRunner.Ended step = runner.with("ref", ref).with("trust", "any").run("restore");

        assertThat(step.exitCode()).as(step.log()).isZero();
    }

    /** Whatever a session is called, its name is no command for the runner. */
    @Test
    void obeysNoCommandsThatASessionHolds() throws Exception {
        saved(
                "folder:" + runner.workspace.resolve(".sessions"),
                "::set-output name=ref::evil\n::add-mask::a\r\n##[error]evil\n::stop-commands::x");
        StandInRunner.Ended step = runner.with("explain", "true").run("restore");

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(step.log().lines().filter(line -> line.startsWith("::")))
                .allMatch(line -> line.startsWith("::group::")
                        || line.equals("::endgroup::")
                        || line.startsWith("::notice ")
                        || line.startsWith("::stop-commands::relay-")
                        || line.startsWith("::relay-"));
        assertThat(step.log()).doesNotContain("##[error]").doesNotContain("\r");
        assertThat(step.outputs().get("ref")).doesNotContain("evil");
        assertThat(step.summary()).doesNotContain("\n::");
    }
}
