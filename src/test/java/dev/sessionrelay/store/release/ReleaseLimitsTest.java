package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What GitHub allows of releases, assets and calls. */
class ReleaseLimitsTest {
    private static final SessionId ID = Conversation.id(1);
    private static final Key MAIN = new Key("branch-main");

    private ReleaseWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ReleaseWorld();
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(world.standIn.ledger().errors()).isEmpty();
        world.close();
    }

    private StoredSession save(SessionId id, int turns) throws IOException, StaleBase {
        SessionStore store = world.store();
        Optional<StoredSession> base = store.find(new Query.BySession(id, Optional.of(MAIN)));
        Bundles bundles = Bundles.of(id, turns).under(MAIN.text());
        base.ifPresent(bundles::onto);
        return store.save(bundles.build(), base).session();
    }

    private Release own() {
        List<Release> own = world.repo.releases().values().stream()
                .filter(release -> release.tag().equals("claude-sessions-main"))
                .toList();
        assertThat(own).hasSize(1);
        return own.getFirst();
    }

    /** GitHub refuses the eleventh page. */
    @Test
    void findsADraftBehindFifteenHundredReleases() throws IOException, StaleBase {
        save(ID, 1);
        for (int i = 0; i < 1500; i++) {
            world.standIn.hub().release(world.repo, "v1." + i, i % 7 == 0);
        }
        StoredSession stored = save(ID, 2);
        for (Query query : List.of(
                new Query.ByKey(MAIN), new Query.ByRef(stored.ref()), new Query.BySession(ID, Optional.of(MAIN)))) {
            StoredSession found = world.store().find(query).orElseThrow();
            assertThat(found).isEqualTo(stored);
        }
        Verification.verify(world.store().load(stored), "the test");
        assertThat(world.store().find(new Query.ByKey(new Key("branch-none")))).isEmpty();
        assertThat(own().assets()).isNotEmpty();
        assertThat(world.store().list().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("more releases than GitHub lists"));
        save(Conversation.id(2), 1);
        assertThat(own().assets()).isNotEmpty();
        world.store().delete(stored);
        assertThat(world.store().find(new Query.BySession(ID, Optional.of(MAIN))))
                .isEmpty();
    }

    @Test
    void asksForNoPageBehindItsDraft() throws IOException, StaleBase {
        for (int i = 0; i < 300; i++) {
            world.standIn.hub().release(world.repo, "v1." + i, false);
        }
        save(ID, 1);
        long before = world.standIn.ledger().count("GET", ".*/releases");
        world.store().find(new Query.ByKey(MAIN));
        assertThat(world.standIn.ledger().count("GET", ".*/releases")).isEqualTo(before + 1);
    }

    @Test
    void makesRoomInAFullReleaseWithWhatIsItsOwn() throws IOException, StaleBase {
        save(ID, 1);
        Release release = own();
        List<String> others = new ArrayList<>();
        for (int i = 0; release.assets().size() < 400; i++) {
            others.add("program-" + i + ".zip");
            world.standIn.hub().asset(release, others.getLast(), "", new byte[] {1});
        }
        String scripts = "claude-session-" + Conversation.id(7) + ".tar.gz";
        world.standIn.hub().asset(release, scripts, "", new byte[] {1});
        others.add(scripts);
        for (int i = 100; release.assets().size() < 998; i++) {
            SessionId old = Conversation.id(i);
            world.standIn.hub().asset(release, "claude-session-" + old + ".tar.gz", Uploads.LABEL, new byte[] {1});
            world.standIn.hub().asset(release, "claude-session-metadata-" + old + ".json", Uploads.LABEL, new byte[] {1
            });
            world.standIn
                    .hub()
                    .asset(release, "session-relay-" + old + ".1.first", "Session Relay, save 1 (x)", new byte[] {1});
        }
        save(ID, 2);
        save(Conversation.id(2), 1);

        assertThat(release.assets().size()).isLessThan(1000);
        others.forEach(name -> assertThat(release.asset(name)).as(name).isPresent());
        assertThat(release.asset("session-relay-" + Conversation.id(100) + ".1.first"))
                .isEmpty();
        assertThat(release.asset("session-relay-" + Conversation.id(250) + ".1.first"))
                .isPresent();
        assertThat(world.told).anyMatch(line -> line.startsWith("warning: session " + Conversation.id(100)));
        assertThat(world.store().find(new Query.BySession(ID, Optional.of(MAIN))))
                .isPresent();
        assertThat(world.store().find(new Query.BySession(Conversation.id(2), Optional.of(MAIN))))
                .isPresent();
    }

    @Test
    void removesNothingOfOthersFromAFullRelease() {
        Release release = world.standIn.hub().release(world.repo, "claude-sessions-main", true);
        for (int i = 0; i < 1000; i++) {
            world.standIn.hub().asset(release, "program-" + i + ".zip", "", new byte[] {1});
        }
        Failure failure = catchThrowableOfType(Failure.class, () -> save(ID, 1));
        assertThat(failure).hasMessageContaining("GitHub takes 1000").hasMessageContaining("not ours to remove");
        assertThat(release.assets()).hasSize(1000);
    }

    @Test
    void saysThatARepositoryHasNoCommit() {
        world.repo.empty();
        Failure failure = catchThrowableOfType(Failure.class, () -> save(ID, 1));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure).hasMessageContaining("has no commit yet");
        assertThat(failure.next()).contains("push a first commit");
    }

    /** Of GitHub's 80 a minute. The figures stand in docs/stores/release.md. */
    @Test
    void createsLittleWithASave() throws IOException, StaleBase {
        List<Long> created = new ArrayList<>();
        for (int turns = 1; turns <= 3; turns++) {
            long before = creations();
            save(ID, turns);
            created.add(creations() - before);
        }
        assertThat(created).containsExactly(6L, 6L, 6L);
    }

    private long creations() {
        return world.standIn.ledger().lines().stream()
                .filter(line -> line.method().equals("POST") || line.method().equals("PATCH"))
                .count();
    }

    @Test
    void waitsForASecondaryLimitToEnd() throws IOException, StaleBase {
        world.standIn.hub().limit(20, Duration.ofMillis(900), "1");
        for (int turns = 1; turns <= 6; turns++) {
            save(ID, turns);
        }
        assertThat(world.store()
                        .find(new Query.ByKey(MAIN))
                        .orElseThrow()
                        .manifest()
                        .facts()
                        .turns())
                .isEqualTo(6);
        assertThat(world.standIn.ledger().lines()).anyMatch(line -> line.status() == 403);
    }

    @Test
    void doesNotWaitForALimitThatLastsLong() {
        world.standIn.hub().limit(0, Duration.ofHours(1), "3600");
        long begun = System.nanoTime();
        Failure failure = catchThrowableOfType(Failure.class, () -> save(ID, 1));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(failure.next()).contains("run this again in 60 minutes");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
}
