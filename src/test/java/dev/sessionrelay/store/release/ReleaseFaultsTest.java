package dev.sessionrelay.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Asset;
import dev.sessionrelay.github.standin.Faults;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request of a save in turn goes wrong in one way, for a first save and for a later one. Whatever happens, the
 * session is saved once, or the save failed and what was there is still there.
 */
class ReleaseFaultsTest {
    private static final Query BY_ID =
            new Query.BySession(SessionStoreContract.ID, Optional.of(new Key("branch-main")));

    @ParameterizedTest
    @EnumSource(Fault.class)
    void savesOnceOrFailsUnchanged(Fault fault) throws IOException, StaleBase {
        for (int turns = 1; turns <= 2; turns++) {
            int requests = requestsOfASave(turns);
            for (int request = 0; request < requests; request++) {
                run(fault, request, turns);
            }
        }
    }

    /** As when the machine or its network dies: nobody is left to tidy up. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "BAD_GATEWAY_BEFORE"})
    void aSaveThatIsCutOffLeavesOneOfTwoWholeStates(Fault fault) throws IOException, StaleBase {
        for (int turns = 1; turns <= 2; turns++) {
            int requests = requestsOfASave(turns);
            for (int request = 0; request < requests; request++) {
                String what = fault + " from request " + request + " on, of save " + turns;
                try (Scene scene = new Scene()) {
                    scene.before(turns);
                    scene.faults.from(request, fault);
                    boolean saved = scene.triesToSave(turns);
                    scene.faults.clear();

                    scene.requireWhole(turns - 1, turns, what);
                    if (saved) {
                        scene.requireWhole(turns, turns, what);
                    }
                    scene.requireNextSaveWorks(what);
                }
            }
        }
    }

    @Test
    void makesOneDraftAlthoughListsLagBehind() throws IOException, StaleBase {
        try (Scene scene = new Scene()) {
            // The first look, and the one after making the draft.
            scene.world.standIn.hub().lag(2);
            scene.save(1);
            assertThat(scene.world.repo.releases()).hasSize(1);
            scene.requireWhole(1, 1, "with lists that lag");
        }
    }

    private static int requestsOfASave(int turns) throws IOException, StaleBase {
        try (Scene scene = new Scene()) {
            scene.before(turns);
            scene.save(turns);
            return scene.faults.requests();
        }
    }

    private static void run(Fault fault, int request, int turns) throws IOException, StaleBase {
        String what = fault + " at request " + request + " of save " + turns;
        try (Scene scene = new Scene()) {
            scene.before(turns);
            scene.faults.at(request, fault);
            int saved = scene.triesToSave(turns) ? turns : turns - 1;
            scene.faults.clear();

            scene.requireWhole(saved, saved, what);
            scene.requireNextSaveWorks(what);
        }
    }

    /** One repository, and one session that goes on. */
    private static final class Scene implements AutoCloseable {
        private final ReleaseWorld world = new ReleaseWorld();
        private final Faults faults = world.standIn.faults();

        Scene() throws IOException {}

        ReleaseStore store() {
            return world.store();
        }

        void before(int turns) throws IOException, StaleBase {
            if (turns > 1) {
                save(turns - 1);
            }
            faults.clear();
        }

        void save(int turns) throws IOException, StaleBase {
            ReleaseStore store = store();
            Optional<StoredSession> base = store.find(BY_ID);
            Bundles bundles = Bundles.of(SessionStoreContract.ID, turns).under("branch-main");
            base.ifPresent(bundles::onto);
            Bundle bundle = bundles.build();
            store.save(bundle, base);
        }

        boolean triesToSave(int turns) throws IOException, StaleBase {
            try {
                save(turns);
                return true;
            } catch (Failure failed) {
                assertThat(failed.next()).isNotBlank();
                return false;
            }
        }

        void requireWhole(int leastTurns, int mostTurns, String what) throws IOException {
            Optional<StoredSession> found = store().find(BY_ID);
            assertThat(found.map(session -> session.manifest().facts().turns()).orElse(0))
                    .as(what)
                    .isBetween(leastTurns, mostTurns);
            if (found.isPresent()) {
                Verification.verify(store().load(found.get()), what);
            }
            assertThat(world.repo.releases()).as(what).hasSizeLessThanOrEqualTo(1);
        }

        /** Whatever was left behind; and the scripts' names are as they have to be. */
        void requireNextSaveWorks(String what) throws IOException, StaleBase {
            save(3);
            assertThat(store().list().sessions()).as(what).hasSize(1);
            Release release = world.repo.releases().values().iterator().next();
            assertThat(release.assets().values().stream()
                            .map(Asset::name)
                            .filter(name -> name.startsWith("claude-session-")))
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "claude-session-" + SessionStoreContract.ID + ".tar.gz",
                            "claude-session-metadata-" + SessionStoreContract.ID + ".json"));
            assertThat(world.standIn.ledger().errors()).as(what).isEmpty();
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
