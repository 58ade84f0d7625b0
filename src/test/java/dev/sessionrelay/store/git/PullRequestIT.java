package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Pull;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sessions that are shown in a pull request: the branch on a real git server, the pull request on GitHub's stand-in.
 */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class PullRequestIT {
    private static final SessionId ID = Conversation.id(1);
    private static final String BRANCH = "session-relay/pr-12";
    private static final Query BY_ID = new Query.BySession(ID, Optional.of(new Key("pr-12")));
    /** The requests of a save that opens one: look for it, ask for the default branch, open it. */
    private static final int OPENING = 2;

    @TempDir
    private Path temporary;

    private final List<String> told = new ArrayList<>();
    private GitHost host;
    private GitCommand git;
    private StandIn standIn;
    private Repo repo;

    @BeforeEach
    void aRepositoryWithCode() throws IOException {
        host = GitHost.start(temporary);
        git = GitCommand.in(host.repository("owner/code.git"));
        String tree = git.run("mktree", "--missing").strip();
        String commit = git.run(
                        "-c", "user.name=A", "-c", "user.email=a@example.com", "commit-tree", "-m", "code", tree)
                .strip();
        git.run("update-ref", "refs/heads/main", commit);
        git.run("symbolic-ref", "HEAD", "refs/heads/main");
        standIn = StandIn.start();
        repo = standIn.hub().repository("owner/code", true);
        repo.branch(BRANCH, true);
        grant("contents: write", "pull-requests: write");
    }

    private void grant(String... permissions) {
        standIn.hub().grant(GitHost.TOKEN, new Grant.Installation(Set.of(permissions)));
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
        host.close();
    }

    private SessionStore open(String place, String... options) {
        Map<String, String> environment = new HashMap<>(host.environment());
        environment.put("GITHUB_API_URL", standIn.at().api());
        Map<String, String> given = new HashMap<>(Map.of("pull-request", "true"));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return new GitKind().open(place, new StoreContext(environment, temporary, given, told::add));
    }

    private StoredSession save(int turns) throws IOException, StaleBase {
        SessionStore store = open("owner/code");
        Optional<StoredSession> base = store.find(BY_ID);
        Bundles bundles = Bundles.of(ID, turns).under("pr-12");
        base.ifPresent(bundles::onto);
        return store.save(bundles.build(), base).session();
    }

    @Test
    void opensOneAndLeavesLaterSavesToIt() throws IOException, StaleBase {
        StoredSession saved = save(1);
        save(2);

        assertThat(repo.pulls().values()).singleElement().satisfies(pull -> {
            assertThat(pull.head()).isEqualTo(BRANCH);
            assertThat(pull.base()).isEqualTo("main");
            assertThat(pull.title()).startsWith("Claude Code session: ");
            assertThat(pull.body()).contains("session-relay restore '" + saved.ref() + "'");
        });
        String page = "pull request: https://github.com/owner/code/pull/1";
        assertThat(told).containsExactly(page, page);
        assertThat(git.run("merge-base", "main", BRANCH)).isEqualTo(git.run("rev-parse", "main"));
    }

    @Test
    void storesTheSessionEvenWhereWorkflowsMayNotOpenOne() throws IOException, StaleBase {
        repo.keepWorkflowsFromOpeningPulls();
        requireStored(
                save(1), "does not let workflows open pull requests", "Allow GitHub Actions to create and approve");
    }

    @Test
    void namesThePermissionThatIsMissing() throws IOException, StaleBase {
        grant("contents: write", "pull-requests: read");
        requireStored(
                save(1), "lacks the permission \"pull-requests: write\"", "permissions: { pull-requests: write }");
    }

    @Test
    void saysThatABranchWithoutTheCodeCannotBeProposed() throws IOException, StaleBase {
        repo.branch(BRANCH, false);
        requireStored(save(1), "has no history in common with main", "GitHub takes it for invalid");
    }

    private void requireStored(StoredSession saved, String... words) throws IOException {
        assertThat(open("owner/code").find(BY_ID)).contains(saved);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("the session is stored, but")
                .contains(words);
        assertThat(repo.pulls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "RESET_AFTER", "BAD_GATEWAY_BEFORE", "BAD_GATEWAY_AFTER", "SECONDARY"})
    void opensNoSecondOneWhenAnAnswerIsLost(Fault fault) throws IOException, StaleBase {
        standIn.faults().at(OPENING, fault);
        save(1);
        standIn.faults().clear();
        save(2);
        assertThat(repo.pulls().values()).extracting(Pull::head).containsExactly(BRANCH);
    }

    @Test
    void opensNoneWhereNoneCanBe() {
        assertThat(failure(temporary.toString())).hasMessageContaining("is elsewhere");
        assertThat(failure("owner/code", "base", "none")).hasMessageContaining("contradict each other");
    }

    private Failure failure(String place, String... options) {
        return catchThrowableOfType(Failure.class, () -> open(place, options));
    }
}
