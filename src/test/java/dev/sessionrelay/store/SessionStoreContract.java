package dev.sessionrelay.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.StoredSessions;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Crowd;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every store must do. A store's test implements this interface, and each test begins with an empty store.
 *
 * <p>Nothing here knows where a store keeps things. A test that speaks of another client means another process or
 * machine that has seen nothing of what the first one did.
 */
public interface SessionStoreContract {
    SessionId ID = Conversation.id(1);

    /** Another client of the same store each time. */
    SessionStore open() throws IOException;

    /** Makes what is stored of this session unreadable, as a careless hand or a bad disk would. */
    void damage(StoredSession session) throws IOException;

    /** How many writers at once are asked of this store. */
    default int writers() {
        return 16;
    }

    @Test
    default void beginsEmpty() throws IOException {
        SessionStore store = open();

        assertThat(store.find(byId(ID))).isEmpty();
        assertThat(store.find(byKey("pr-12"))).isEmpty();
        assertThat(store.list()).isEqualTo(new SessionStore.Listing(List.of(), List.of()));
        assertThat(store.name()).isNotBlank();
    }

    @Test
    default void givesBackWhatWasSaved() throws IOException, StaleBase {
        Bundle bundle = Bundles.of(ID, 3)
                .with("subagents/agent-1.jsonl", Conversation.of(ID).turn("sub").bytes())
                .with("subagents/agent-1.meta.json", "{}".getBytes(UTF_8))
                .with("tool-results/b1.txt", new byte[] {0, 1, 2, (byte) 0xFF, '\r', '\n', 0})
                .with(
                        "@beside/agent-1234567.jsonl",
                        Conversation.of(ID).turn("old").bytes())
                .with("@tasks/1.json", "{\"id\":1}".getBytes(UTF_8))
                .continuing(Conversation.id(9))
                .build();
        StoredSession saved = open().save(bundle, Optional.empty()).session();

        assertThat(saved.manifest().withSeal(Optional.empty())).isEqualTo(bundle.manifest());
        SessionStore other = open();
        StoredSession found = other.find(byId(ID)).orElseThrow();
        assertThat(found.manifest().withSeal(Optional.empty())).isEqualTo(bundle.manifest());
        assertThat(found.ref()).isEqualTo(saved.ref());
        requireSame(other.load(found), bundle);
    }

    @Test
    default void keepsAnEntryOfZeroBytes() throws IOException, StaleBase {
        Bundle bundle =
                Bundles.of(ID).with("tool-results/empty.txt", new byte[0]).build();
        open().save(bundle, Optional.empty());

        requireSame(load(ID), bundle);
    }

    @Test
    default void keepsNamesOfAllKinds() throws IOException, StaleBase {
        Bundle bundle = Bundles.of(ID)
                .with("a", new byte[] {1})
                .with("b/c/d/e/f/g/h/i.txt", new byte[] {2})
                .with("name with spaces & \"quotes\" 'n $things", new byte[] {3})
                .with("caf\u00e9/\u6f22\u5b57.txt", new byte[] {4})
                .with("-rf", new byte[] {5})
                .with("..dots", new byte[] {6})
                .with("manifest.json", new byte[] {7})
                .with("x".repeat(200), new byte[] {8})
                .build();
        open().save(bundle, Optional.empty());

        requireSame(load(ID), bundle);
    }

    @Test
    default void keepsASessionOfSeveralSegments() throws IOException, StaleBase {
        byte[] large = lines(10_000_000);
        Bundle bundle = Bundles.of(ID).transcript(large).build();
        assertThat(bundle.manifest().transcript().segments()).hasSizeGreaterThan(1);
        open().save(bundle, Optional.empty());

        requireSame(load(ID), bundle);
    }

    @Test
    default void opensAPayloadAnywhereAndAnyNumberOfTimes() throws IOException, StaleBase {
        Bundle first = Bundles.of(ID, 4).build();
        StoredSession stored = open().save(first, Optional.empty()).session();
        Bundle second = Bundles.of(ID, 9).onto(stored).build();
        open().save(second, Optional.of(stored));

        byte[] whole = BytesPayload.read(second.transcript());
        Bundle loaded = load(ID);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int tries = 0; tries < 8; tries++) {
            int from = random.nextInt(whole.length + 1);
            assertThat(BytesPayload.read(loaded.transcript(), from))
                    .as("from %d", from)
                    .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
        }
        assertThat(loaded.transcript().size()).isEqualTo(whole.length);
        assertThat(BytesPayload.read(loaded.transcript(), whole.length)).isEmpty();
    }

    @Test
    default void growsASession() throws IOException, StaleBase {
        SessionStore store = open();
        Optional<StoredSession> stored = Optional.empty();
        for (int turns = 1; turns <= 6; turns++) {
            Bundles bundle = Bundles.of(ID, turns);
            stored.ifPresent(bundle::onto);
            stored = Optional.of(store.save(bundle.build(), stored).session());
            requireSame(load(ID), bundle.build());
        }
        assertThat(open().list().sessions()).hasSize(1);
    }

    @Test
    default void writesOnlyWhatIsNew() throws IOException, StaleBase {
        byte[] whole = lines(300_000);
        SessionStore store = open();
        Bundle first = Bundles.of(ID)
                .transcript(Arrays.copyOf(whole, 290_000))
                .with("side.txt", lines(50_000))
                .build();
        SessionStore.Saved before = store.save(first, Optional.empty());
        Bundle second = Bundles.of(ID)
                .transcript(whole)
                .with("side.txt", lines(50_000))
                .onto(before.session())
                .build();
        SessionStore.Saved after = store.save(second, Optional.of(before.session()));

        assertThat(before.bytesWritten()).isGreaterThan(290_000);
        assertThat(after.bytesWritten()).isBetween(10_000L, 40_000L);
        requireSame(load(ID), second);
    }

    @Test
    default void replacesASessionThatWasRewritten() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID, 5).with("gone.txt", new byte[] {1}));
        byte[] rewritten = Conversation.of(ID).turn("compacted").bytes();
        Bundle bundle = Bundles.of(ID).transcript(rewritten).onto(stored).build();
        open().save(bundle, Optional.of(stored));

        requireSame(load(ID), bundle);
    }

    @Test
    default void refusesToMakeASessionThatIsThere() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID, 2));
        Bundle other = Bundles.of(ID, 3).build();

        assertThatThrownBy(() -> open().save(other, Optional.empty())).isInstanceOf(StaleBase.class);
        assertThat(open().find(byId(ID)).orElseThrow()).isEqualTo(stored);
        requireSame(load(ID), Bundles.of(ID, 2).build());
    }

    @Test
    default void refusesToOverwriteANewerState() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 1));
        Bundle second = Bundles.of(ID, 2).onto(first).build();
        StoredSession now = open().save(second, Optional.of(first)).session();
        Bundle late = Bundles.of(ID, 3).onto(first).build();

        assertThatThrownBy(() -> open().save(late, Optional.of(first))).isInstanceOf(StaleBase.class);
        assertThat(open().find(byId(ID)).orElseThrow()).isEqualTo(now);
        requireSame(load(ID), second);
    }

    @Test
    default void refusesToSaveOntoWhatWasDeleted() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID, 1));
        open().delete(stored);
        Bundle late = Bundles.of(ID, 2).onto(stored).build();

        assertThatThrownBy(() -> open().save(late, Optional.of(stored))).isInstanceOf(StaleBase.class);
        assertThat(open().find(byId(ID))).isEmpty();
    }

    @Test
    default void changesNothingUnderTheKeyWhenTheBaseIsStale() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 1).under("pr-1"));
        StoredSession other = save(Bundles.of(Conversation.id(2)).under("pr-1"));
        Bundle second = Bundles.of(ID, 2).under("pr-1").onto(first).build();

        assertThatThrownBy(() -> open().save(second, Optional.empty())).isInstanceOf(StaleBase.class);
        assertThat(open().find(byKey("pr-1")).map(StoredSession::ref)).contains(other.ref());
    }

    @Test
    default void acceptsAStateThatAnotherClientFound() throws IOException, StaleBase {
        save(Bundles.of(ID, 1));
        StoredSession found = open().find(byId(ID)).orElseThrow();
        StoredSession listed = open().list().sessions().getFirst();

        assertThat(listed).isEqualTo(found);
        open().save(Bundles.of(ID, 2).onto(found).build(), Optional.of(found));
        assertThat(open().find(byId(ID)).orElseThrow().version()).isNotEqualTo(found.version());
    }

    @Test
    default void findsTheLatestSessionOfAKey() throws IOException, StaleBase {
        StoredSession one = save(Bundles.of(ID).savedAt("2026-11-21T10:00:00Z"));
        assertThat(found("pr-12")).isEqualTo(ID);
        save(Bundles.of(Conversation.id(2)).savedAt("2026-11-21T11:00:00Z"));
        assertThat(found("pr-12")).isEqualTo(Conversation.id(2));
        open().save(Bundles.of(ID, 2).savedAt("2026-11-21T12:00:00Z").onto(one).build(), Optional.of(one));

        assertThat(found("pr-12")).isEqualTo(ID);
        assertThat(open().find(byKey("pr-1"))).isEmpty();
    }

    @Test
    default void fallsBackToTheSessionBeforeWhenTheLatestIsDeleted() throws IOException, StaleBase {
        save(Bundles.of(ID).savedAt("2026-11-21T10:00:00Z"));
        StoredSession latest = save(Bundles.of(Conversation.id(2)).savedAt("2026-11-21T11:00:00Z"));
        open().delete(latest);

        assertThat(found("pr-12")).isEqualTo(ID);
    }

    @Test
    default void savesTheSameSessionUnderAnotherKey() throws IOException, StaleBase {
        save(Bundles.of(ID, 1).under("issue-34"));
        SessionStore store = open();
        Optional<StoredSession> base = store.find(new Query.BySession(ID, Optional.of(new Key("pr-12"))));
        Bundles second = Bundles.of(ID, 2).under("pr-12");
        base.ifPresent(second::onto);
        StoredSession saved = store.save(second.build(), base).session();

        StoredSession found = open().find(byKey("pr-12")).orElseThrow();
        assertThat(found).isEqualTo(saved);
        assertThat(found.manifest().key()).contains("pr-12");
        assertThat(found("issue-34")).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feature/some-thing",
                "../../../etc/passwd",
                "..",
                "a b & c; rm -rf $HOME",
                "\u6f22\u5b57/\uD83D\uDE00 caf\u00e9",
                "UPPER",
                "%2F",
                "-",
                "name.lock",
                "@{u}",
                "a//b/.",
                "~^:?*[\\",
            })
    default void takesAnyKey(String key) throws IOException, StaleBase {
        StoredSession saved = save(Bundles.of(ID).under(key));
        save(Bundles.of(Conversation.id(2)).under("another"));

        StoredSession found = open().find(byKey(key)).orElseThrow();
        assertThat(found).isEqualTo(saved);
        assertThat(found.manifest().key()).contains(key);
        assertThat(open().find(new Query.ByRef(found.ref()))).contains(found);
    }

    @Test
    default void tellsKeysApartThatLookAlike() throws IOException, StaleBase {
        List<String> keys = List.of(
                "a/b",
                "a-b",
                "a_b",
                "a%2Fb",
                "A/B",
                "a/b/",
                "x".repeat(200),
                "x".repeat(199) + "y",
                "\u6f22".repeat(200));
        for (int i = 0; i < keys.size(); i++) {
            save(Bundles.of(Conversation.id(100 + i)).under(keys.get(i)));
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(found(keys.get(i))).as(keys.get(i)).isEqualTo(Conversation.id(100 + i));
        }
    }

    @Test
    default void keepsASessionWithoutAKey() throws IOException, StaleBase {
        StoredSession saved = save(Bundles.of(ID).underNoKey());

        assertThat(open().find(byId(ID))).contains(saved);
        assertThat(open().list().sessions()).containsExactly(saved);
    }

    @Test
    default void namesEverySessionByOneLineOfText() throws IOException, StaleBase {
        StoredSession saved = save(Bundles.of(ID).under("feature/\u6f22 x"));
        String line = saved.ref().toString();

        assertThat(line).doesNotContainPattern("\\p{Cntrl}");
        assertThat(Ref.parse(line)).isEqualTo(saved.ref());
        assertThat(open().find(new Query.ByRef(Ref.parse(" " + line + "\n")))).contains(saved);
    }

    @Test
    default void findsNothingByTheRefOfADeletedSession() throws IOException, StaleBase {
        StoredSession saved = save(Bundles.of(ID));
        open().delete(saved);

        assertThat(open().find(new Query.ByRef(saved.ref()))).isEmpty();
    }

    @Test
    default void listsTheNewestSaveFirst() throws IOException, StaleBase {
        save(Bundles.of(Conversation.id(2)).under("a").savedAt("2026-11-21T11:00:00Z"));
        save(Bundles.of(Conversation.id(1)).under("b").savedAt("2026-11-21T12:00:00Z"));
        save(Bundles.of(Conversation.id(3)).underNoKey().savedAt("2026-11-21T10:00:00Z"));

        SessionStore.Listing listing = open().list();
        assertThat(listing.problems()).isEmpty();
        assertThat(listing.sessions())
                .extracting(session -> session.manifest().origin().savedAt())
                .containsExactly(
                        Instant.parse("2026-11-21T12:00:00Z"),
                        Instant.parse("2026-11-21T11:00:00Z"),
                        Instant.parse("2026-11-21T10:00:00Z"));
    }

    @Test
    default void tellsOfDamagedSessionsAndListsTheOthers() throws IOException, StaleBase {
        StoredSession damaged = save(Bundles.of(ID));
        StoredSession whole = save(Bundles.of(Conversation.id(2)));
        damage(damaged);

        SessionStore.Listing listing = open().list();
        assertThat(listing.sessions()).containsExactly(whole);
        assertThat(listing.problems()).singleElement().asString().contains(ID.text());
    }

    @Test
    default void deletesASession() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID, 2));
        save(Bundles.of(Conversation.id(2)).under("other"));
        open().delete(stored);

        assertThat(open().find(byId(ID))).isEmpty();
        assertThat(open().find(byKey("pr-12"))).isEmpty();
        assertThat(open().list().sessions()).hasSize(1);
    }

    @Test
    default void removesWhatIsDamaged() throws IOException, StaleBase {
        StoredSession damaged = save(Bundles.of(ID));
        StoredSession whole = save(Bundles.of(Conversation.id(2)));
        damage(damaged);

        StoredSessions library = new StoredSessions(open());
        Query byRef = new Query.ByRef(damaged.ref());
        if (open().removesUnread().isEmpty()) {
            assertThatThrownBy(() -> library.delete(byRef)).isInstanceOf(Failure.class);
            return;
        }
        assertThat(library.delete(byRef).session()).isEmpty();

        assertThat(open().list()).isEqualTo(new SessionStore.Listing(List.of(whole), List.of()));
        assertThat(save(Bundles.of(ID)).manifest().sessionId()).isEqualTo(ID);
    }

    @Test
    default void loadsWhatWasFoundOrSaysThatItIsNoLongerThere() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 2).with("notes.txt", new byte[] {1}));
        SessionStore reader = open();
        StoredSession found = reader.find(byId(ID)).orElseThrow();
        Bundle second =
                Bundles.of(ID, 3).onto(first).with("notes.txt", new byte[] {2}).build();
        StoredSession stored = open().save(second, Optional.of(first)).session();

        try {
            requireSame(
                    reader.load(found),
                    Bundles.of(ID, 2).with("notes.txt", new byte[] {1}).build());
        } catch (Failure replaced) {
            assertThat(replaced.exitCode()).isNotEqualTo(ExitCode.DAMAGED);
        }
        requireSame(reader.load(stored), second);
    }

    @Test
    default void deletesTwiceWithoutComplaint() throws IOException, StaleBase {
        StoredSession stored = save(Bundles.of(ID, 2));
        open().delete(stored);
        open().delete(stored);

        assertThat(open().find(byId(ID))).isEmpty();
    }

    @Test
    default void refusesToDeleteANewerState() throws IOException, StaleBase {
        StoredSession first = save(Bundles.of(ID, 1));
        Bundle second = Bundles.of(ID, 2).onto(first).build();
        open().save(second, Optional.of(first));

        assertThatThrownBy(() -> open().delete(first)).isInstanceOf(StaleBase.class);
        requireSame(load(ID), second);
    }

    @Test
    default void savesAgainWhatWasDeleted() throws IOException, StaleBase {
        open().delete(save(Bundles.of(ID, 2).with("side.txt", new byte[] {1})));
        Bundle bundle = Bundles.of(ID, 2).with("side.txt", new byte[] {1}).build();
        open().save(bundle, Optional.empty());

        requireSame(load(ID), bundle);
        assertThat(found("pr-12")).isEqualTo(ID);
    }

    @Test
    default void losesNoneOfManySessionsSavedAtOnceUnderOneKey() throws Exception {
        Crowd.of(writers()).run(number -> {
            SessionId id = Conversation.id(1000 + number);
            retrying(
                    id, 1, (bundle, base) -> open().save(bundle.under("crowded").build(), base));
        });

        Set<SessionId> kept = new HashSet<>();
        for (StoredSession session : open().list().sessions()) {
            kept.add(session.manifest().sessionId());
            Verification.verify(open().load(session), session.ref().toString());
        }
        assertThat(kept).hasSize(writers());
        assertThat(kept).contains(found("crowded"));
    }

    /** The session is a counter: each writer adds a turn to what it found, and no turn may be missing in the end. */
    @Test
    default void losesNoneOfManyUpdatesOfOneSessionAtOnce() throws Exception {
        Crowd.of(writers()).run(number -> retrying(ID, 1, (bundle, base) -> open().save(bundle.build(), base)));

        StoredSession stored = open().find(byId(ID)).orElseThrow();
        assertThat(stored.manifest().facts().turns()).isEqualTo(writers());
        requireSame(open().load(stored), Bundles.of(ID, writers()).build());
    }

    /** Whoever comes first, a session is there whole or it is not there. */
    @Test
    default void keepsASessionWholeWhenItIsSavedAndDeletedAtOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            SessionId id = Conversation.id(2000 + round);
            StoredSession first = save(Bundles.of(id, 1).with("side.txt", lines(20_000)));
            Crowd.of(4).run(number -> {
                try {
                    if (number % 2 == 0) {
                        open().delete(first);
                    } else {
                        retrying(
                                id,
                                1,
                                (bundle, base) -> open().save(
                                                bundle.with("side.txt", lines(20_000))
                                                        .build(),
                                                base));
                    }
                } catch (StaleBase otherCameFirst) {
                    // Right so: the deletion was of a state that is no longer.
                }
            });

            StoredSession stored = open().find(byId(id)).orElseThrow();
            Verification.verify(open().load(stored), stored.ref().toString());
            assertThat(open().list().problems()).isEmpty();
            assertThat(stored.manifest().entry(new EntryName("side.txt")).map(Entry::size))
                    .contains(20_000L);
        }
    }

    /** One attempt at a save. */
    @FunctionalInterface
    interface Attempt {
        void save(Bundles bundle, Optional<StoredSession> base) throws IOException, StaleBase;
    }

    /** Adds turns to the session as it is found, again and again until nobody else came first. */
    private void retrying(SessionId id, int more, Attempt attempt) throws IOException {
        while (true) {
            Optional<StoredSession> base = open().find(byId(id));
            Bundles bundle =
                    Bundles.of(id, base.map(s -> s.manifest().facts().turns()).orElse(0) + more);
            base.ifPresent(bundle::onto);
            try {
                attempt.save(bundle, base);
                return;
            } catch (StaleBase otherCameFirst) {
                Thread.onSpinWait();
            }
        }
    }

    private StoredSession save(Bundles bundle) throws IOException, StaleBase {
        return open().save(bundle.build(), Optional.empty()).session();
    }

    private Bundle load(SessionId id) throws IOException {
        SessionStore store = open();
        return store.load(store.find(byId(id)).orElseThrow());
    }

    private SessionId found(String key) throws IOException {
        return open().find(byKey(key)).orElseThrow().manifest().sessionId();
    }

    private static Query byId(SessionId id) {
        return new Query.BySession(id, Optional.empty());
    }

    private static Query byKey(String key) {
        return new Query.ByKey(new Key(key));
    }

    private static void requireSame(Bundle found, Bundle expected) throws IOException {
        assertThat(found.manifest().entries())
                .extracting(Entry::name)
                .containsExactlyInAnyOrderElementsOf(
                        expected.manifest().entries().stream().map(Entry::name).toList());
        for (Entry entry : expected.manifest().entries()) {
            assertThat(BytesPayload.read(found.payload(entry.name())))
                    .as(entry.name().text())
                    .isEqualTo(BytesPayload.read(expected.payload(entry.name())));
        }
        Verification.verify(found, "what was loaded");
    }

    private static byte[] lines(int size) {
        byte[] bytes = new byte[size];
        RandomGeneratorFactory.of("L64X128MixRandom").create(size / 1_000_000).nextBytes(bytes);
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 100 == 99 ? '\n' : 'a' + (bytes[i] & 15));
        }
        return bytes;
    }
}
