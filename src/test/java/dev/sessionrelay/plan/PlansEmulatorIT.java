package dev.sessionrelay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.GitHubEmulator;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we ask of issues and of runs, asked of a stand-in that nobody here wrote. */
@Needs(Tool.GITHUB_EMULATOR)
class PlansEmulatorIT {
    private static final String ISSUES = "/repos/octocat/hello/issues";
    private static final LastSession SESSION = new LastSession.OnBranch(
            "async-learn/1", "6c238843-0121-4600-92e4-cf487dcc9f0f", "2026-11-21T10:00:00.000000+00:00", "remote");

    @TempDir
    private Path folder;

    @Test
    void readsAndUpdatesAPlan() throws Exception {
        try (GitHubEmulator emulator = GitHubEmulator.start(folder);
                GitHub github =
                        GitHub.connect(emulator.environment(), Credentials.of(emulator.environment()), line -> {})) {
            String body = "intro\n\n" + PlanSamples.modern(PlanSamples.FIELDS) + "\n\n---\n\nThe plan\n";
            ObjectNode wish =
                    GitHub.JSON.createObjectNode().put("title", "A plan").put("body", body);
            int number = github.post(ISSUES, wish, "open an issue", Permission.ISSUES_WRITE)
                    .orFail()
                    .path("number")
                    .asInt();
            github.post(
                            ISSUES + "/" + number + "/comments",
                            GitHub.JSON.createObjectNode().put("body", "a word"),
                            "comment",
                            Permission.ISSUES_WRITE)
                    .orFail();
            Plans plans = new Plans(github, new RepositoryName("octocat", "hello"));

            assertThat(plans.update(number, SESSION)).isEqualTo(Plans.HeaderUpdate.UPDATED);
            assertThat(plans.read(number).lastSession()).contains(SESSION);
            assertThat(plans.comments(number)).containsExactly("a word");
            assertThat(github.get(ISSUES + "/" + number, "read it", Permission.ISSUES_READ)
                            .orFail()
                            .path("body")
                            .asText())
                    .isEqualTo(PlanBody.require(body).with(SESSION));
            assertThat(catchThrowableOfType(Failure.class, () -> plans.read(999)))
                    .hasMessageStartingWith("Plan #999 not found");
        }
    }

    @Test
    void saysThatARunIsNotThere() throws Exception {
        try (GitHubEmulator emulator = GitHubEmulator.start(folder)) {
            StoreContext surroundings = new StoreContext(emulator.environment(), folder, Map.of());
            SessionStore run = Stores.open("artifact:octocat/hello#1", surroundings);
            assertThat(catchThrowableOfType(Failure.class, run::list))
                    .hasMessageStartingWith("could not list the artifacts of run 1 in octocat/hello");
        }
    }
}
