package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host hands out the commits of every pull request: only those that a branch of sessions holds are saves. */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class EarlierSaveIT {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private static Path temporary;

    @AutoClose
    private static GitHost host;

    private static int number;

    private String name;
    private Path repository;

    @BeforeAll
    static void startHost() throws IOException {
        host = GitHost.start(temporary);
    }

    @BeforeEach
    void makeRepository() throws IOException {
        name = "owner/earlier-" + ++number;
        repository = host.repository(name + ".git");
    }

    private SessionStore open(String where, Map<String, String> options) {
        String place = where.equals("http") ? name : repository.toString();
        return new GitKind().open(place, new StoreContext(host.environment(), temporary, options));
    }

    /** What a fork's pull request brings: commits that no branch of the repository holds. */
    private String forged(String pullRequest) throws Exception {
        Path fork = GitCommand.bare(temporary.resolve("fork-" + number + ".git"));
        new GitKind()
                .open(fork.toString(), new StoreContext(Map.of(), temporary, Map.of()))
                .save(Bundles.of(ID, 7).build(), Optional.empty());
        GitCommand.in(repository).run("fetch", "-q", fork.toString(), "session-relay/pr-12:" + pullRequest);
        return GitCommand.in(repository).run("rev-parse", pullRequest).strip();
    }

    private static Ref at(SessionStore store, String branch, String commit) {
        return Ref.parse(store.name() + "#" + branch + "/" + ID + "@" + commit);
    }

    private static Failure refused(SessionStore store, Ref ref) {
        Failure failure = catchThrowableOfType(Failure.class, () -> store.find(new Query.ByRef(ref)));
        assertThat(failure).as("%s", ref).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "folder"})
    void takesNoCommitThatOnlyAPullRequestHas(String where) throws Exception {
        SessionStore store = open(where, Map.of());
        store.save(Bundles.of(ID, 1).build(), Optional.empty());
        String forged = forged("refs/pull/7/head");
        GitCommand.in(repository).run("branch", "main", "session-relay/pr-12");

        assertThat(refused(store, at(store, "session-relay/pr-12", forged)))
                .hasMessageContaining("does not hold commit " + forged);
        assertThat(refused(store, at(store, "session-relay/pr-12", "1".repeat(40))))
                .hasMessageContaining("does not hold commit");
        assertThat(store.find(new Query.ByRef(at(store, "session-relay/not-there", forged))))
                .isEmpty();
    }

    /** What was merged into a branch of code came by a pull request too. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "folder"})
    void takesNoCommitOfABranchOfCode(String where) throws Exception {
        String forged = forged("refs/heads/main");
        SessionStore store = open(where, Map.of());

        assertThat(refused(store, at(store, "main", forged)))
                .hasMessageContaining("branch main is not one that sessions are kept on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "folder"})
    void takesEverySaveThatTheBranchHolds(String where) throws Exception {
        SessionStore store = open(where, Map.of("branch", "talks/{key}"));
        StoredSession last =
                store.save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        for (int turns = 2; turns <= 4; turns++) {
            last = store.save(Bundles.of(ID, turns).onto(last).build(), Optional.of(last))
                    .session();
        }
        List<KeepsHistory.Past> saves = store.history().orElseThrow().history(last);

        assertThat(saves).hasSize(4);
        for (KeepsHistory.Past save : saves) {
            SessionStore other = open(where, Map.of("branch", "talks/{key}"));
            StoredSession earlier = other.find(new Query.ByRef(save.ref())).orElseThrow();
            Verification.verify(other.load(earlier), "earlier");
        }
        assertThat(refused(open(where, Map.of()), saves.getLast().ref()).next()).contains("--store-branch");
    }

    /** A branch that was begun anew does not hold what it held. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "folder"})
    void takesNoCommitThatTheBranchLeft(String where) throws Exception {
        SessionStore store = open(where, Map.of("history", "squash"));
        StoredSession first =
                store.save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        String before = GitCommand.in(repository)
                .run("rev-parse", "session-relay/pr-12")
                .strip();
        store.save(Bundles.of(ID, 2).onto(first).build(), Optional.of(first));

        assertThat(refused(open(where, Map.of()), at(store, "session-relay/pr-12", before)))
                .hasMessageContaining("does not hold commit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "folder"})
    void findsASaveFarBack(String where) throws Exception {
        SessionStore store = open(where, Map.of());
        store.save(Bundles.of(ID, 1).build(), Optional.empty());
        GitCommand git = GitCommand.in(repository);
        String first = git.run("rev-parse", "session-relay/pr-12").strip();
        String tree = git.run("rev-parse", "session-relay/pr-12^{tree}").strip();
        String at = first;
        for (int save = 0; save < 60; save++) {
            at = git.run("commit-tree", tree, "-p", at, "-m", "Save").strip();
        }
        git.run("update-ref", "refs/heads/session-relay/pr-12", at);

        assertThat(open(where, Map.of()).find(new Query.ByRef(at(store, "session-relay/pr-12", first))))
                .isPresent();
    }
}
