package dev.sessionrelay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Issue;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.testing.Crowd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlansTest {
    private static final LastSession SESSION = session("2026-11-21T10:00:00Z", 1);

    private StandIn standIn;
    private Repo repo;
    private Issue issue;
    private GitHub github;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        issue = repo.issue(12, "intro\n\n" + PlanSamples.modern(PlanSamples.FIELDS) + "\n\n---\n\nThe plan\n");
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("issues: write")));
        standIn.hub().grant("ghs_reads", new Grant.Installation(Set.of("issues: read")));
        github = standIn.client("ghs_job");
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        github.close();
        standIn.close();
    }

    private static LastSession session(String at, int number) {
        return new LastSession.OnBranch(
                "async-learn/12",
                "00000000-0000-4000-8000-%012d".formatted(number),
                LastSession.time(Instant.parse(at)),
                "remote");
    }

    private static Plans plans(GitHub github) {
        return new Plans(github, new RepositoryName("octocat", "hello"), Duration.ofMillis(150));
    }

    @Test
    void writesTheHeaderAndNothingElse() {
        String before = issue.body();

        assertThat(plans(github).update(12, SESSION)).isEqualTo(Plans.HeaderUpdate.UPDATED);
        assertThat(issue.body()).isEqualTo(PlanBody.require(before).with(SESSION));
        assertThat(plans(github).read(12).lastSession()).contains(SESSION);
        assertThat(plans(github).update(12, SESSION)).isEqualTo(Plans.HeaderUpdate.SAME);
        assertThat(standIn.ledger().count("PATCH", ".*")).isEqualTo(1);
    }

    @Test
    void leavesASessionThatWasSavedLater() {
        LastSession later = session("2026-11-21T10:00:00.001Z", 2);
        plans(github).update(12, later);

        assertThat(plans(github).update(12, SESSION)).isEqualTo(Plans.HeaderUpdate.OVERTAKEN);
        assertThat(plans(github).read(12).lastSession()).contains(later);
    }

    /** Each changes a field of its own, all at once, from the same text. */
    @Test
    void losesNoneOfManyUpdatesAtOnce() throws Exception {
        for (int round = 1; round <= 5; round++) {
            String value = "value-" + round;
            Crowd.of(4).run(number -> {
                try (GitHub own = standIn.client("ghs_job")) {
                    plans(own)
                            .update(
                                    12,
                                    new Plans.HeaderChange(
                                            Map.of("worker_" + number, value), List.of(), body -> false));
                }
            });
            Fields fields = plans(github).read(12).fields();
            for (int number = 0; number < 4; number++) {
                assertThat(fields.text("worker_" + number)).contains(value);
            }
        }
        assertThat(issue.body()).startsWith("intro\n\n").endsWith("\n\n---\n\nThe plan\n");
    }

    @Test
    void keepsTheLaterOfTwoSessionsThatAreSavedAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            LastSession first = session("2026-11-21T1" + round + ":00:00Z", 1);
            LastSession second = session("2026-11-21T1" + round + ":00:01Z", 2);
            Crowd.of(2).run(number -> {
                try (GitHub own = standIn.client("ghs_job")) {
                    plans(own).update(12, number == 0 ? first : second);
                }
            });
            assertThat(plans(github).read(12).lastSession()).contains(second);
        }
    }

    /** A person had the text open in a browser, and sends it a moment after ours. */
    @Test
    void writesAgainWhatSomebodyWroteOver() throws Exception {
        String old = issue.body();
        Thread person = new Thread(() -> {
            while (standIn.ledger().count("PATCH", ".*") == 0) {
                Thread.onSpinWait();
            }
            issue.write(old.replace("The plan", "The better plan"));
        });
        person.start();
        plans(github).update(12, SESSION);
        person.join();

        assertThat(issue.body()).isEqualTo(PlanBody.require(old).with(SESSION).replace("The plan", "The better plan"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STARTER"})
    void updatesOnceThroughAnySingleFault(Fault fault) {
        String expected = PlanBody.require(issue.body()).with(SESSION);
        for (int request = 0; request < 3; request++) {
            issue.write("intro\n\n" + PlanSamples.modern(PlanSamples.FIELDS) + "\n\n---\n\nThe plan\n");
            standIn.faults().clear();
            standIn.faults().at(request, fault);
            plans(github).update(12, SESSION);
            assertThat(issue.body()).as(fault + " at " + request).isEqualTo(expected);
        }
    }

    @Test
    void saysThatThereIsNoSuchPlan() {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> plans(github).update(999, SESSION));
        assertThat(failure).hasMessageStartingWith("Plan #999 not found");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void namesThePermissionThatIsMissing() {
        try (GitHub reads = standIn.client("ghs_reads")) {
            Failure failure =
                    catchThrowableOfType(Failure.class, () -> plans(reads).update(12, SESSION));
            assertThat(failure).hasMessageContaining("lacks the permission \"issues: write\"");
        }
    }
}
