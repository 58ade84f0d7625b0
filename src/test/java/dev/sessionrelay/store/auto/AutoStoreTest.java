package dev.sessionrelay.store.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract where draft releases are the usual place and a branch is the other; and what the two are to each
 * other.
 */
@Needs(Tool.GIT)
class AutoStoreTest implements SessionStoreContract {
    private static final Query BY_KEY = new Query.ByKey(new Key("branch-main"));

    @TempDir
    private Path temporary;

    private final List<String> told = new ArrayList<>();
    private StandIn standIn;
    private Repo repo;
    private StoreContext surroundings;

    @BeforeEach
    void start() throws IOException {
        GitCommand.bare(temporary.resolve("branches.git"));
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        surroundings = new StoreContext(
                Map.of("GITHUB_API_URL", standIn.at().api(), "GITHUB_TOKEN", "ghs_job"), temporary, Map.of());
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private SessionStore drafts() {
        return Stores.open("release:octocat/hello", surroundings);
    }

    private SessionStore branches() {
        return Stores.open("git:" + temporary.resolve("branches.git"), surroundings);
    }

    @Override
    public SessionStore open() {
        return new AutoStore("release", drafts(), this::branches, told::add);
    }

    /** As it would be had the repository always been private. */
    private SessionStore theOtherWayRound() {
        return new AutoStore("git", branches(), this::drafts, told::add);
    }

    @Override
    public void damage(StoredSession session) {
        repo.damage("session-relay-" + session.manifest().sessionId());
    }

    /** An archive goes as a whole. */
    @Override
    @Test
    public void writesOnlyWhatIsNew() throws IOException, StaleBase {
        Bundle bundle = Bundles.of(ID, 1).build();
        assertThat(open().save(bundle, Optional.empty()).bytesWritten()).isPositive();
    }

    private static Bundles turns(int turns) throws IOException {
        return Bundles.of(ID, turns).under("branch-main");
    }

    @Test
    void goesOnWithASessionFromTheOtherPlaceInTheUsualOne() throws IOException, StaleBase {
        branches().save(turns(1).build(), Optional.empty());
        StoredSession old = open().find(BY_KEY).orElseThrow();
        assertThat(old.ref().scheme()).isEqualTo("git");
        assertThat(open().load(old).manifest()).isEqualTo(old.manifest());

        StoredSession saved =
                open().save(turns(2).onto(old).build(), Optional.of(old)).session();

        assertThat(saved.ref()).hasToString("release:octocat/hello@claude-sessions-main/" + ID);
        assertThat(open().find(BY_KEY)).contains(saved);
        assertThat(open().find(new Query.ByRef(old.ref()))).contains(old);
        assertThat(open().list().sessions()).containsExactlyInAnyOrder(old, saved);
    }

    @Test
    void findsADraftWhereBranchesAreUsual() throws IOException, StaleBase {
        StoredSession draft = drafts().save(turns(1).build(), Optional.empty()).session();
        StoredSession found = theOtherWayRound().find(BY_KEY).orElseThrow();
        assertThat(found).isEqualTo(draft);
        assertThat(theOtherWayRound()
                        .save(turns(2).onto(found).build(), Optional.of(found))
                        .session()
                        .ref()
                        .scheme())
                .isEqualTo("git");
    }

    @Test
    void deletesWhereTheSessionIs() throws IOException, StaleBase {
        StoredSession onBranch =
                branches().save(turns(1).build(), Optional.empty()).session();
        open().save(Bundles.of(Conversation.id(2)).build(), Optional.empty());
        open().delete(onBranch);

        assertThat(branches().list().sessions()).isEmpty();
        assertThat(drafts().list().sessions()).hasSize(1);
    }

    @Test
    void saysThatTheOtherPlaceIsOutOfReachAndGoesOn() throws IOException, StaleBase {
        StoredSession onBranch =
                branches().save(turns(1).build(), Optional.empty()).session();
        standIn.hub().grant("ghs_job", new Grant.Unknown());

        assertThat(theOtherWayRound().find(BY_KEY)).contains(onBranch);
        assertThat(told).isEmpty();
        assertThat(theOtherWayRound().find(new Query.ByKey(new Key("pr-1")))).isEmpty();
        assertThat(told).singleElement().asString().contains("not seen: could not list the releases of octocat/hello");
        SessionStore.Listing listing = theOtherWayRound().list();
        assertThat(listing.sessions()).containsExactly(onBranch);
        assertThat(listing.problems()).hasSize(1);
    }

    @Test
    void failsWhereTheUsualPlaceIsOutOfReach() {
        standIn.faults().always(Fault.BAD_GATEWAY_BEFORE);
        Failure failure = catchThrowableOfType(Failure.class, () -> open().find(BY_KEY));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }
}
