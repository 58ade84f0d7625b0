package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
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

/**
 * Servers that speak an earlier version of git's protocol, or name their objects in another way: the real git,
 * restrained.
 */
@Needs(Tool.GIT)
class EarlierProtocolTest {
    private static final SessionId ID = Conversation.id(1);
    private static final Query BY_KEY = new Query.ByKey(new Key("pr-12"));

    @TempDir
    private Path temporary;

    private SessionStore open(StandInHost host) {
        return new GitKind()
                .open("owner/name", new StoreContext(host.environment(), temporary, Map.of("allow-public", "true")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version=1", "version=2"})
    void aSessionIsKeptAndReadAndRemoved(String protocol) throws IOException, StaleBase {
        Files.createDirectories(temporary.resolve("owner"));
        Path repository = GitCommand.bare(temporary.resolve("owner/name.git"));
        try (StandInHost host = new StandInHost(new CgiHost(temporary, protocol))) {
            assertThat(open(host).list().sessions()).isEmpty();
            open(host).save(Bundles.of(ID, 2).build(), Optional.empty());
            SessionStore another = open(host);
            StoredSession first = another.find(BY_KEY).orElseThrow();
            another.save(Bundles.of(ID, 5).build(), Optional.of(first));

            SessionStore third = open(host);
            StoredSession found = third.find(BY_KEY).orElseThrow();
            Bundle bundle = third.load(found);
            Verification.verify(bundle, "the store");
            assertThat(bundle.transcript().size())
                    .isEqualTo(Bundles.of(ID, 5).build().transcript().size());
            assertThat(third.history().orElseThrow().history(found)).hasSize(2);
            assertThat(third.list().sessions()).hasSize(1);
            GitCommand.in(repository).run("fsck", "--strict", "--no-dangling");

            third.delete(found);
            assertThat(open(host).find(BY_KEY)).isEmpty();
        }
    }

    @Test
    void namesBySha256AreRefusedBeforeAByteIsWritten() throws IOException {
        Files.createDirectories(temporary.resolve("owner"));
        GitCommand.in(temporary).run("init", "-q", "--bare", "--object-format=sha256", "owner/name.git");
        List<Path> before = all();
        try (StandInHost host = new StandInHost(new CgiHost(temporary, "version=2"))) {
            Failure refusal = catchThrowableOfType(
                    Failure.class, () -> open(host).save(Bundles.of(ID).build(), Optional.empty()));

            assertThat(refusal)
                    .hasMessageContaining("names its objects by SHA256, and Session Relay knows SHA-1 alone");
            assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        }
        assertThat(all()).isEqualTo(before);
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.sorted().toList();
        }
    }
}
