package dev.sessionrelay.store.gist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request of a save in turn goes wrong in one way, for a first save, for a later one, and for a deletion. Whatever
 * happens, it is done once, or it failed and what was there is still there; and there is never a second gist.
 */
class GistFaultsTest {
    private static final Query BY_ID = new Query.BySession(SessionStoreContract.ID, Optional.empty());

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STARTER"})
    void savesOnceOrFailsUnchanged(Fault fault) throws IOException, StaleBase {
        for (int turns = 1; turns <= 2; turns++) {
            int requests;
            try (GistWorld world = new GistWorld()) {
                before(world, turns);
                save(world, turns);
                requests = world.standIn.faults().requests();
            }
            for (int request = 0; request < requests; request++) {
                save(fault, request, turns);
            }
        }
    }

    private static void save(Fault fault, int request, int turns) throws IOException, StaleBase {
        String what = fault + " at request " + request + " of save " + turns;
        try (GistWorld world = new GistWorld()) {
            before(world, turns);
            world.standIn.faults().at(request, fault);
            int saved = turns;
            try {
                save(world, turns);
            } catch (Failure failed) {
                assertThat(failed.next()).as(what).isNotBlank();
                saved = turns - 1;
            }
            world.standIn.faults().clear();

            Optional<StoredSession> found = world.store().find(BY_ID);
            assertThat(found.map(session -> session.manifest().facts().turns()).orElse(0))
                    .as(what)
                    .isEqualTo(saved);
            if (found.isPresent()) {
                Verification.verify(world.store().load(found.get()), what);
            }
            save(world, 3);
            assertThat(world.gists()).as(what).hasSize(1);
            assertThat(world.store().list().sessions()).as(what).hasSize(1);
            assertThat(world.standIn.ledger().errors()).as(what).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STARTER"})
    void deletesOnceOrFailsUnchanged(Fault fault) throws IOException, StaleBase {
        for (int request = 0; request < 5; request++) {
            String what = fault + " at request " + request;
            try (GistWorld world = new GistWorld()) {
                before(world, 2);
                StoredSession stored = world.store().find(BY_ID).orElseThrow();
                world.standIn.faults().clear();
                world.standIn.faults().at(request, fault);
                boolean isThere = false;
                try {
                    world.store().delete(stored);
                } catch (Failure failed) {
                    isThere = true;
                }
                world.standIn.faults().clear();
                assertThat(world.store().find(BY_ID).isPresent()).as(what).isEqualTo(isThere);
                world.store().delete(stored);
                assertThat(world.gists()).as(what).isEmpty();
                assertThat(world.standIn.ledger().errors()).as(what).isEmpty();
            }
        }
    }

    private static void before(GistWorld world, int turns) throws IOException, StaleBase {
        if (turns > 1) {
            save(world, turns - 1);
        }
        world.standIn.faults().clear();
    }

    private static void save(GistWorld world, int turns) throws IOException, StaleBase {
        GistStore store = world.store();
        Optional<StoredSession> base = store.find(BY_ID);
        Bundles bundles = Bundles.of(SessionStoreContract.ID, turns).with("side.txt", new byte[] {(byte) turns});
        base.ifPresent(bundles::onto);
        Bundle bundle = bundles.build();
        store.save(bundle, base);
    }
}
