package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Query;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The line to a real host breaks: what can be tried again is, and nothing is done twice or by halves. */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class BrokenLineIT {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private static Path temporary;

    @AutoClose
    private static GitHost host;

    private static int number;

    private String name;
    private GitCommand git;

    @BeforeAll
    static void startHost() throws IOException {
        host = GitHost.start(temporary);
    }

    @BeforeEach
    void makeRepository() throws IOException {
        name = "owner/broken-" + number++;
        git = GitCommand.in(host.repository(name + ".git"));
    }

    private SessionStore open(int port) {
        Map<String, String> environment =
                Map.of("GITHUB_SERVER_URL", "http://127.0.0.1:" + port, "GITHUB_TOKEN", GitHost.TOKEN);
        return new GitKind().open(name, new StoreContext(environment, temporary, Map.of()));
    }

    @ParameterizedTest
    @EnumSource(CuttingProxy.Moment.class)
    void pushesAgain(CuttingProxy.Moment moment) throws Exception {
        Bundle bundle = Bundles.of(ID, 2000).build();
        try (CuttingProxy proxy = new CuttingProxy(host.port(), "git-receive-pack", moment, 2)) {
            open(proxy.port()).save(bundle, Optional.empty());
        }
        assertThat(git.run("rev-list", "--count", "session-relay/pr-12").strip())
                .isEqualTo("1");
        git.run("fsck", "--strict");
        SessionStore store = open(host.port());
        Verification.verify(store.load(found(store)), "what was saved");
    }

    @ParameterizedTest
    @EnumSource(CuttingProxy.Moment.class)
    void fetchesAgain(CuttingProxy.Moment moment) throws Exception {
        open(host.port()).save(Bundles.of(ID, 2000).build(), Optional.empty());
        try (CuttingProxy proxy = new CuttingProxy(host.port(), "git-upload-pack", moment, 2)) {
            SessionStore store = open(proxy.port());
            Verification.verify(store.load(found(store)), "what was restored");
            assertThat(proxy.cutsLeft()).isZero();
        }
    }

    @Test
    void givesUpInTheEndAndChangesNothing() throws Exception {
        try (CuttingProxy proxy =
                new CuttingProxy(host.port(), "git-receive-pack", CuttingProxy.Moment.IN_THE_REQUEST, 100)) {
            SessionStore store = open(proxy.port());
            assertThatThrownBy(() -> store.save(Bundles.of(ID, 2000).build(), Optional.empty()))
                    .hasMessageContaining("the connection to")
                    .hasMessageContaining("broke");
        }
        assertThat(git.run("branch", "--list")).isEmpty();
        git.run("fsck", "--strict");
    }

    private static StoredSession found(SessionStore store) throws IOException {
        return store.find(new Query.BySession(ID, Optional.empty())).orElseThrow();
    }
}
