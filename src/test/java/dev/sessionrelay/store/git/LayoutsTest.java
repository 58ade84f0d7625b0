package dev.sessionrelay.store.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies where in a repository, as the real git sees it, and what is read that others put there. */
@Needs(Tool.GIT)
class LayoutsTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path temporary;

    private Path repository;
    private GitCommand git;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = make();
        git = GitCommand.in(repository);
    }

    Path make() throws IOException {
        return GitCommand.bare(temporary.resolve("sessions.git"));
    }

    /** What the store is told of where it is. */
    String place() {
        return repository.toString();
    }

    Map<String, String> environment() {
        return Map.of();
    }

    private SessionStore open(String... options) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return new GitKind().open(place(), new StoreContext(environment(), temporary, given));
    }

    /** A work tree in which plain git commands put things. */
    private GitCommand clone(String branch) throws IOException {
        Path tree = Files.createDirectories(temporary.resolve("tree-" + branch.replace('/', '-')));
        GitCommand work = GitCommand.in(tree);
        work.run("init", "-q", "-b", branch);
        work.run("remote", "add", "origin", repository.toString());
        return work;
    }

    private Path file(String branch, String path) throws IOException {
        Path file = temporary.resolve("tree-" + branch.replace('/', '-')).resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }

    private void push(GitCommand work, String branch) throws IOException {
        work.run("add", "-A");
        work.run("commit", "-qm", "by hand");
        work.run("push", "-qf", "origin", "HEAD:refs/heads/" + branch);
    }

    @Test
    void showsAConversationToPlainGit() throws Exception {
        byte[] whole = lines(9_000_000);
        open().save(
                        Bundles.of(ID)
                                .transcript(whole)
                                .with("subagents/agent-1.jsonl", "{}\n".getBytes(UTF_8))
                                .build(),
                        Optional.empty());

        String folder = "session-relay/pr-12:sessions/" + ID;
        List<String> segments = git.run("ls-tree", "--name-only", folder + "/transcript")
                .lines()
                .toList();
        assertThat(segments).hasSize(3);
        StringBuilder shown = new StringBuilder();
        for (String segment : segments) {
            shown.append(git.run("show", folder + "/transcript/" + segment));
        }
        assertThat(shown.toString().getBytes(UTF_8)).isEqualTo(whole);
        assertThat(git.run("show", folder + "/subagents/agent-1.jsonl")).isEqualTo("{}\n");
        assertThat(git.run("show", "session-relay/pr-12:README.md")).contains("session-relay restore", "--key 'pr-12'");
        assertThat(git.run("log", "-1", "--format=%s", "session-relay/pr-12")).startsWith("Save session 00000000 (");
    }

    @Test
    void keepsEachSaveAndRestoresAnEarlierOne() throws Exception {
        SessionStore store = open();
        StoredSession first =
                store.save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        store.save(Bundles.of(Conversation.id(2), 1).build(), Optional.empty());
        store.save(Bundles.of(ID, 5).onto(first).build(), Optional.of(first));

        SessionStore other = open();
        List<KeepsHistory.Past> saves =
                ((KeepsHistory) other).history(other.find(byId()).orElseThrow());
        assertThat(saves).extracting(KeepsHistory.Past::turns).containsExactly(Optional.of(5), Optional.of(1));
        StoredSession earlier =
                other.find(new Query.ByRef(saves.getLast().ref())).orElseThrow();
        assertThat(earlier.manifest()).isEqualTo(first.manifest());
        Verification.verify(other.load(earlier), "earlier");
        assertThatThrownBy(() -> other.delete(earlier)).hasMessageContaining("earlier save");
    }

    @Test
    void squashesToOneCommit() throws Exception {
        SessionStore store = open("history", "squash");
        Optional<StoredSession> stored = Optional.empty();
        for (int turns = 1; turns <= 3; turns++) {
            Bundles bundle = Bundles.of(ID, turns);
            stored.ifPresent(bundle::onto);
            stored = Optional.of(store.save(bundle.build(), stored).session());
        }
        assertThat(git.run("rev-list", "--count", "session-relay/pr-12").strip())
                .isEqualTo("1");
        Verification.verify(open().load(open().find(byId()).orElseThrow()), "squashed");
        git.run("fsck", "--strict");
    }

    @Test
    void beginsOnTheDefaultBranch() throws Exception {
        GitCommand work = clone("main");
        Files.writeString(file("main", "README.md"), "the code\n");
        Files.writeString(file("main", "src/a.txt"), "a\n");
        push(work, "main");
        SessionStore store = open("base", "default");
        StoredSession first =
                store.save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        store.save(Bundles.of(ID, 2).onto(first).build(), Optional.of(first));

        assertThat(git.run("merge-base", "main", "session-relay/pr-12")).isEqualTo(git.run("rev-parse", "main"));
        assertThat(git.run("show", "session-relay/pr-12:README.md")).isEqualTo("the code\n");
        assertThat(git.run("diff", "--name-only", "main", "session-relay/pr-12").lines())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("sessions/"));
    }

    @Test
    void writesWhatErkReads() throws Exception {
        SessionStore store = open("layout", "erk", "plan", "4991");
        StoredSession first =
                store.save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        Bundle second = Bundles.of(ID, 3)
                .with("tool-results/1.txt", new byte[] {1})
                .onto(first)
                .build();
        store.save(second, Optional.of(first));

        assertThat(git.bytes("show", "async-learn/4991:.erk/session/" + ID + ".jsonl"))
                .isEqualTo(BytesPayload.read(second.transcript()));
        assertThat(git.run("log", "--format=%B", "async-learn/4991").strip())
                .isEqualTo("Session " + ID + " for plan #4991");
        SessionStore other = open();
        StoredSession found = other.find(new Query.ByRef(first.ref())).orElseThrow();
        Verification.verify(other.load(found), "erk's");
    }

    @Test
    void takesThePlanFromTheKey() throws Exception {
        open("layout", "erk").save(Bundles.of(ID).under("plan-77").build(), Optional.empty());

        assertThat(git.run("branch", "--list").strip()).isEqualTo("async-learn/77");
        assertThat(open("layout", "erk").find(new Query.ByKey(new Key("plan-77"))))
                .isPresent();
        assertThatThrownBy(() -> open("layout", "erk").save(Bundles.of(ID).build(), Optional.empty()))
                .hasMessageContaining("needs a {plan}");
    }

    @Test
    void readsWhatErkWrote() throws Exception {
        for (String branch : List.of("async-learn/12", "session/13")) {
            GitCommand work = clone(branch);
            Files.writeString(file(branch, "pyproject.toml"), "[project]\n");
            byte[] transcript = Conversation.of(ID).turn("learn").turn("more").bytes();
            Files.write(file(branch, ".erk/session/" + ID + ".jsonl"), transcript);
            push(work, branch);
            String plan = branch.substring(branch.indexOf('/') + 1);

            SessionStore store = open("layout", "erk");
            StoredSession found =
                    store.find(new Query.ByKey(new Key("plan-" + plan))).orElseThrow();
            assertThat(found.manifest().facts().turns()).isEqualTo(2);
            assertThat(found.manifest().key()).contains("plan-" + plan);
            Bundle loaded = store.load(found);
            Verification.verify(loaded, "erk's");
            assertThat(BytesPayload.read(loaded.transcript())).isEqualTo(transcript);
            assertThat(open().find(new Query.ByRef(found.ref()))).isPresent();
        }
        assertThat(open("layout", "erk").list().problems()).hasSize(2).allMatch(p -> p.contains("another tool"));
    }

    @Test
    void goesOnWithWhatErkWrote() throws Exception {
        GitCommand work = clone("async-learn/12");
        byte[] transcript = BytesPayload.read(Bundles.of(ID, 2).build().transcript());
        Files.write(file("async-learn/12", ".erk/session/" + ID + ".jsonl"), transcript);
        push(work, "async-learn/12");
        SessionStore store = open("layout", "erk");
        StoredSession found = store.find(new Query.ByKey(new Key("plan-12"))).orElseThrow();
        Bundle more = Bundles.of(ID, 4).under("plan-12").onto(found).build();
        store.save(more, Optional.of(found));

        assertThat(git.bytes("show", "async-learn/12:.erk/session/" + ID + ".jsonl"))
                .isEqualTo(BytesPayload.read(more.transcript()));
    }

    @Test
    void keepsABranchForEachSession() throws Exception {
        open("layout", "session-branch").save(Bundles.of(ID).build(), Optional.empty());
        open("layout", "session-branch", "user", "ann").save(Bundles.of(ID).build(), Optional.empty());

        assertThat(git.run("branch", "--format=%(refname:short)").lines())
                .containsExactlyInAnyOrder("session-" + ID, "user-ann-session-" + ID);
        assertThat(open("layout", "session-branch").find(byId())).isPresent();
        assertThat(open("layout", "session-branch").find(new Query.ByKey(new Key("pr-12"))))
                .isPresent();
    }

    @Test
    void sharesOneBranchAmongMany() throws Exception {
        open("layout", "shared", "user", "ann").save(Bundles.of(ID).under("a").build(), Optional.empty());
        open("layout", "shared", "user", "../bob")
                .save(Bundles.of(Conversation.id(2)).under("b").build(), Optional.empty());

        assertThat(git.run("ls-tree", "-d", "--name-only", "sessions:users").lines())
                .containsExactly("%2E%2E%2Fbob".replace("%2E%2E", "%2E."), "ann");
        assertThat(open("layout", "shared", "user", "ann").list().sessions()).hasSize(2);
        StoredSession found = open("layout", "shared", "user", "eve")
                .find(new Query.ByKey(new Key("b")))
                .orElseThrow();
        assertThat(found.manifest().sessionId()).isEqualTo(Conversation.id(2));
    }

    @Test
    void removesTheBranchWithItsLastSession() throws Exception {
        SessionStore store = open();
        StoredSession one = store.save(Bundles.of(ID).build(), Optional.empty()).session();
        StoredSession two = store.save(Bundles.of(Conversation.id(2)).build(), Optional.empty())
                .session();
        store.delete(one);
        assertThat(git.run("log", "-1", "--format=%s", "session-relay/pr-12")).startsWith("Delete session");
        store.delete(two);
        assertThat(git.run("branch", "--list")).isEmpty();
    }

    @Test
    void refusesLinksSubmodulesAndStrangePaths() throws Exception {
        GitCommand work = clone("session-relay/link");
        Files.createSymbolicLink(file("session-relay/link", "sessions/" + ID + ".jsonl"), Path.of("/etc/passwd"));
        push(work, "session-relay/link");
        requireRefused("link", "is a link");

        work = clone("session-relay/sides");
        Files.write(
                file("session-relay/sides", "sessions/" + ID + ".jsonl"),
                Conversation.of(ID).turn("x").bytes());
        Files.createSymbolicLink(file("session-relay/sides", "sessions/" + ID + "/a/b"), Path.of("../../../../x"));
        push(work, "session-relay/sides");
        requireRefused("sides", "is a link");

        work = clone("session-relay/module");
        Files.write(
                file("session-relay/module", "sessions/" + ID + ".jsonl"),
                Conversation.of(ID).turn("x").bytes());
        work.run("add", "-A");
        work.run("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sessions/" + ID + "/module");
        work.run("commit", "-qm", "module");
        work.run("push", "-q", "origin", "HEAD:refs/heads/session-relay/module");
        requireRefused("module", "is a submodule");
    }

    @Test
    void refusesAPathThatLeadsElsewhere() throws Exception {
        String transcript =
                feed(new String(Conversation.of(ID).turn("x").bytes(), UTF_8), "hash-object", "-w", "--stdin");
        String inner = feed("100644 blob " + transcript + "\tx\n", "mktree");
        String sides = feed("040000 tree " + inner + "\t..\n", "mktree");
        String entries = "100644 blob " + transcript + "\t" + ID + ".jsonl\n040000 tree " + sides + "\t" + ID + "\n";
        String root = feed(entries, "mktree");
        git.run(
                "update-ref",
                "refs/heads/session-relay/up",
                git.run("commit-tree", "-m", "x", root).strip());

        requireRefused("up", "..");
    }

    private String feed(String input, String... arguments) throws IOException {
        return new String(git.feed(input, arguments), UTF_8).strip();
    }

    @Test
    void refusesAFileLargerThanAnySessions() throws Exception {
        GitCommand work = clone("session-relay/huge");
        try (RandomAccessFile huge = new RandomAccessFile(
                file("session-relay/huge", "sessions/" + ID + ".jsonl").toFile(), "rw")) {
            huge.setLength((1L << 30) + 1);
        }
        work.run("config", "core.compression", "1");
        push(work, "session-relay/huge");
        requireRefused("huge", "not safe to read");

        work = clone("session-relay/manifest");
        try (RandomAccessFile large = new RandomAccessFile(
                file("session-relay/manifest", "sessions/" + ID + "/manifest.json")
                        .toFile(),
                "rw")) {
            large.setLength((32L << 20) + 1);
        }
        push(work, "session-relay/manifest");
        requireRefused("manifest", "33554433 bytes");
    }

    @Test
    void refusesMoreFilesThanASessionHas() throws Exception {
        GitCommand work = clone("session-relay/many");
        Files.write(
                file("session-relay/many", "sessions/" + ID + ".jsonl"),
                Conversation.of(ID).turn("x").bytes());
        work.run("add", "-A");
        String blob = work.run("rev-parse", ":sessions/" + ID + ".jsonl").strip();
        StringBuilder index = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            index.append("100644 ")
                    .append(blob)
                    .append("\tsessions/")
                    .append(ID)
                    .append("/f")
                    .append(i)
                    .append('\n');
        }
        work.feed(index.toString(), "update-index", "--index-info");
        work.run("commit", "-qm", "many");
        work.run("push", "-q", "origin", "HEAD:refs/heads/session-relay/many");
        requireRefused("many", "more than 20000 files");
    }

    private void requireRefused(String key, String why) {
        assertThatThrownBy(() -> open().find(new Query.BySession(ID, Optional.of(new Key(key)))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED))
                .hasMessageContaining(why);
    }

    @Test
    void tellsOfAFileThatIsMissing() throws Exception {
        StoredSession stored =
                open().save(Bundles.of(ID, 2).build(), Optional.empty()).session();
        Path clone = Files.createDirectories(temporary.resolve("clone"));
        GitCommand work = GitCommand.in(clone);
        work.run("clone", "-q", "-b", "session-relay/pr-12", repository.toString(), ".");
        work.run("rm", "-rq", "sessions/" + ID + "/transcript");
        work.run("commit", "-qm", "oops");
        work.run("push", "-q");

        assertThat(stored.manifest().entry(EntryName.TRANSCRIPT)).isPresent();
        assertThatThrownBy(() -> open().load(open().find(byId()).orElseThrow())).hasMessageContaining("is missing");
    }

    private static Query byId() {
        return new Query.BySession(ID, Optional.empty());
    }

    private static byte[] lines(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 100 == 99 ? '\n' : 'a' + i / 100 % 26);
        }
        return bytes;
    }
}
