package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories on this disk that are not as most are. */
@Needs(Tool.GIT)
class UnusualFoldersTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path temporary;

    private SessionStore open(Path repository) {
        return new GitKind().open(repository.toString(), new StoreContext(Map.of(), temporary, Map.of()));
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    private Failure refused(Path repository) throws IOException {
        List<Path> before = all(repository);
        Failure refusal = catchThrowableOfType(
                Failure.class, () -> open(repository).save(Bundles.of(ID).build(), Optional.empty()));
        assertThat(all(repository)).isEqualTo(before);
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        return refusal;
    }

    @Test
    void refusesNamesBySha256BeforeAByteIsWritten() throws IOException {
        GitCommand.in(temporary).run("init", "-q", "--bare", "--object-format=sha256", "long.git");

        assertThat(refused(temporary.resolve("long.git")))
                .hasMessageContaining("long.git names its objects by SHA256, and Session Relay knows SHA-1 alone");
    }

    @Test
    void refusesReftablesBeforeAByteIsWritten() throws IOException {
        Path repository = GitCommand.bare(temporary.resolve("tables.git"));
        GitCommand.in(repository).run("config", "core.repositoryformatversion", "1");
        GitCommand.in(repository).run("config", "extensions.refstorage", "reftable");
        Files.createDirectory(repository.resolve("reftable"));
        Files.createFile(repository.resolve("reftable/tables.list"));

        assertThat(refused(repository)).hasMessageContaining("keeps its branches as reftable");
    }

    @Test
    void findsTheRepositoryOfALinkedWorktree() throws IOException, StaleBase {
        Path main = temporary.resolve("main");
        GitCommand.in(temporary).run("init", "-q", "-b", "main", "main");
        GitCommand.in(main).run("commit", "-q", "--allow-empty", "-m", "begin");
        GitCommand.in(main).run("worktree", "add", "-q", "../linked");

        open(temporary.resolve("linked")).save(Bundles.of(ID).build(), Optional.empty());

        assertThat(open(main).find(new Query.ByKey(new Key("pr-12")))).isPresent();
        assertThat(GitCommand.in(main).run("log", "-g", "--format=%gs", "session-relay/pr-12"))
                .isEqualTo("session-relay\n");
        GitCommand.in(main).run("fsck", "--strict");
    }

    @Test
    void leavesALockOfGitsAlone() throws IOException, StaleBase {
        Path repository = GitCommand.bare(temporary.resolve("sessions.git"));
        Path lock = repository.resolve("refs/heads/session-relay/pr-12.lock");
        Files.createDirectories(lock.getParent());
        Files.createFile(lock);

        Failure refusal = catchThrowableOfType(
                Failure.class, () -> open(repository).save(Bundles.of(ID).build(), Optional.empty()));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(refusal.describe()).contains("session-relay/pr-12.lock");
        assertThat(lock).exists();
        Files.delete(lock);
        open(repository).save(Bundles.of(ID).build(), Optional.empty());
    }

    /** Such as no git would make, and hosts take. */
    @ParameterizedTest
    @ValueSource(strings = {"tree %s\n\nSave\n", "tree %s\ncommitter\n\n", "author nobody\n\n", "\n", ""})
    void toleratesOrRefusesCommitsThatNobodyMade(String form) throws IOException, StaleBase {
        Path repository = GitCommand.bare(temporary.resolve("sessions.git"));
        open(repository).save(Bundles.of(ID).build(), Optional.empty());
        GitCommand git = GitCommand.in(repository);
        String tree = git.run("rev-parse", "session-relay/pr-12^{tree}").strip();
        String commit = new String(
                        git.feed(
                                form.replace("%s", tree),
                                "hash-object",
                                "-t",
                                "commit",
                                "-w",
                                "--literally",
                                "--stdin"),
                        StandardCharsets.UTF_8)
                .strip();
        Files.writeString(repository.resolve("refs/heads/session-relay/pr-12"), commit + "\n");

        Throwable outcome = catchThrowable(() -> {
            SessionStore store = open(repository);
            for (StoredSession session :
                    store.find(new Query.ByKey(new Key("pr-12"))).stream().toList()) {
                store.history().orElseThrow().history(session);
            }
        });

        if (outcome != null) {
            assertThat(outcome).isInstanceOf(Failure.class);
            assertThat(((Failure) outcome).exitCode()).isEqualTo(ExitCode.DAMAGED);
        }
    }
}
