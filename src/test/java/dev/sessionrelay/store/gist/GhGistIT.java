package dev.sessionrelay.store.gist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.github.standin.Gist;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Issue;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.plan.PlanSamples;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GhCommand;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's own command line reads our gists and plans, and we read and continue the gists that it made. */
@Needs(Tool.GH)
class GhGistIT {
    private static final SessionId ID = Conversation.id(1);
    private static final String FILE = "session-" + ID + ".jsonl";
    private static final Query BY_ID = new Query.BySession(ID, Optional.empty());

    @TempDir
    private Path folder;

    private StandIn standIn;

    @BeforeEach
    void start() throws Exception {
        standIn = StandIn.startNamed();
        standIn.hub().grant("gho_mine", new Grant.Classic(Set.of("repo", "gist")));
    }

    @AfterEach
    void stop() {
        assertThat(standIn.ledger().errors()).noneMatch(error -> error.contains("a token went"));
        standIn.close();
    }

    private Map<String, String> environment() {
        return Map.of("GITHUB_API_URL", standIn.direct(), "GH_TOKEN", "gho_mine");
    }

    private SessionStore store() {
        return Stores.open("gist", new StoreContext(environment(), folder, Map.of()));
    }

    private String gh(String... arguments) throws Exception {
        return new GhCommand(folder, standIn.proxy(), "gho_mine").run(arguments);
    }

    @Test
    void ghViewsWhatWeSaved() throws Exception {
        StoredSession first =
                store().save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        store().save(Bundles.of(ID, 2).onto(first).build(), Optional.of(first));
        String id = standIn.gists().all().getFirst().id();

        assertThat(gh("gist", "view", id, "--files").lines().findFirst()).contains(FILE);
        assertThat(gh("gist", "view", id, "--raw", "--filename", FILE).stripTrailing())
                .isEqualTo(
                        new String(BytesPayload.read(Bundles.of(ID, 2).build().transcript()), UTF_8).stripTrailing());
    }

    @Test
    void weReadAndContinueWhatGhMade() throws Exception {
        byte[] transcript = BytesPayload.read(Bundles.of(ID, 1).build().transcript());
        Files.write(folder.resolve(FILE), transcript);
        gh("gist", "create", "--desc", "Claude Code session " + ID + " (local)", FILE);

        Gist gist = standIn.gists().all().getFirst();
        assertThat(gist.isPublic()).isFalse();
        StoredSession found = store().find(BY_ID).orElseThrow();
        assertThat(found.ref()).isEqualTo(new Ref("gist", gist.id()));
        assertThat(BytesPayload.read(store().load(found).transcript())).isEqualTo(transcript);
        store().save(Bundles.of(ID, 2).onto(found).build(), Optional.of(found));
        assertThat(standIn.gists().all()).hasSize(1);
        gh("gist", "delete", gist.id());
        assertThat(store().find(BY_ID)).isEmpty();
    }

    @Test
    void ghReadsThePlanThatWeUpdated() throws Exception {
        Issue issue = standIn.hub()
                .repository("octocat/hello", false)
                .issue(12, PlanSamples.modern(PlanSamples.FIELDS) + "\n\nThe plan");
        Machine machine = Machine.at(folder.resolve("laptop"));
        environment().forEach(machine::with);
        machine.conversation(ID).turn("begin").writeTo(machine.transcript(ID));
        Machine.Run saved = machine.run("save", "--store", "gist", "--plan-issue", "octocat/hello#12");

        assertThat(saved.out()).as(saved.err()).contains("plan #12 names it");
        assertThat(gh("api", "repos/octocat/hello/issues/12", "--jq", ".body").stripTrailing())
                .isEqualTo(issue.body())
                .contains("last_session_gist_id: ")
                .contains(ID.text());
    }
}
