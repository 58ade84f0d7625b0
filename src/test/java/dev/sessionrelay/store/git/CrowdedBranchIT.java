package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty who save to one branch of a real host at once. */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class CrowdedBranchIT {
    private static final int WRITERS = 50;
    private static final Key KEY = new Key("crowded");

    @TempDir
    private Path temporary;

    private interface Work {
        void run(SessionStore store, int number) throws Exception;
    }

    private Path crowd(GitHost host, Work work) throws Exception {
        Path repository = host.repository("owner/name.git");
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    work.run(open(host), number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(5, TimeUnit.MINUTES);
            }
        }
        GitCommand.in(repository).run("fsck", "--strict", "--no-dangling");
        return repository;
    }

    private SessionStore open(GitHost host) {
        return new GitKind().open("owner/name", new StoreContext(host.environment(), temporary, Map.of()));
    }

    @Test
    void keepsFiftySessions() throws Exception {
        try (GitHost host = GitHost.start(temporary)) {
            Path repository = crowd(
                    host,
                    (store, number) -> store.save(
                            Bundles.of(Conversation.id(100 + number), 2)
                                    .under(KEY.text())
                                    .build(),
                            Optional.empty()));

            SessionStore store = open(host);
            List<StoredSession> kept = store.list().sessions();
            assertThat(kept).hasSize(WRITERS);
            for (StoredSession session : kept) {
                Verification.verify(store.load(session), session.ref().toString());
            }
            assertThat(GitCommand.in(repository)
                            .run("rev-list", "--count", "session-relay/crowded")
                            .strip())
                    .isEqualTo(String.valueOf(WRITERS));
        }
    }

    @Test
    void keepsFiftyContinuationsOfOneSession() throws Exception {
        SessionId id = Conversation.id(7);
        try (GitHost host = GitHost.start(temporary)) {
            crowd(host, (store, number) -> addATurn(store, id));

            SessionStore store = open(host);
            StoredSession stored = find(store, id).orElseThrow();
            assertThat(stored.manifest().facts().turns()).isEqualTo(WRITERS);
            Verification.verify(store.load(stored), stored.ref().toString());
        }
    }

    private static Optional<StoredSession> find(SessionStore store, SessionId id) throws IOException {
        return store.find(new Query.BySession(id, Optional.of(KEY)));
    }

    private static void addATurn(SessionStore store, SessionId id) throws Exception {
        for (int tries = 0; tries < 1000; tries++) {
            Optional<StoredSession> base = find(store, id);
            int turns = base.map(stored -> stored.manifest().facts().turns()).orElse(0) + 1;
            Bundles bundle = Bundles.of(id, turns).under(KEY.text());
            base.ifPresent(bundle::onto);
            try {
                store.save(bundle.build(), base);
                return;
            } catch (StaleBase otherCameFirst) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(200));
            }
        }
        throw new AssertionError("never came first");
    }
}
