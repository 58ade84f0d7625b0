package dev.sessionrelay.store.gist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.standin.Faults;
import dev.sessionrelay.github.standin.Gist;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Verification;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.SessionStoreContract;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GistStoreTest implements SessionStoreContract {
    private static final Query BY_ID = new Query.BySession(ID, Optional.empty());

    private GistWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new GistWorld();
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(world.standIn.ledger().errors()).isEmpty();
        world.close();
    }

    @Override
    public SessionStore open() {
        return world.store();
    }

    @Override
    public int writers() {
        return 10;
    }

    @Override
    public void damage(StoredSession session) {
        for (Gist gist : world.gists()) {
            gist.files().keySet().stream()
                    .filter(name ->
                            name.startsWith("session-" + session.manifest().sessionId() + ".relay-"))
                    .forEach(name -> gist.overwrite(name, "{\"format\":"));
        }
    }

    /** A file goes as a whole; what has not changed is not sent again. */
    @Override
    @Test
    public void writesOnlyWhatIsNew() throws IOException, StaleBase {
        byte[] whole = "0123456789012345678901234567890123456789012345678\n"
                .repeat(250_000)
                .getBytes(UTF_8);
        Bundle first = Bundles.of(ID)
                .transcript(Arrays.copyOf(whole, 12_000_000))
                .with("side.txt", whole)
                .build();
        SessionStore.Saved before = open().save(first, Optional.empty());
        Bundle second = Bundles.of(ID)
                .transcript(whole)
                .with("side.txt", whole)
                .onto(before.session())
                .build();
        SessionStore.Saved after = open().save(second, Optional.of(before.session()));

        assertThat(before.bytesWritten()).isGreaterThan(12_000_000);
        assertThat(after.bytesWritten()).isBetween(500_000L, 4_200_000L);
        StoredSession found = open().find(BY_ID).orElseThrow();
        Verification.verify(open().load(found), "what was loaded");
        assertThat(world.gists().getFirst().files().values()).allMatch(content -> content.length() < 10_000_000);
    }

    @Test
    void keepsASessionAsErkDoes() throws IOException, StaleBase {
        Bundle bundle =
                Bundles.of(ID, 2).with("tool-results/a.txt", new byte[] {1}).build();
        StoredSession stored = open().save(bundle, Optional.empty()).session();

        Gist gist = world.gists().getFirst();
        assertThat(stored.ref()).hasToString("gist:" + gist.id());
        assertThat(gist.isPublic()).isFalse();
        assertThat(gist.description()).isEqualTo("Claude Code session " + ID + " (local)");
        assertThat(gist.files().keySet().iterator().next()).isEqualTo("session-" + ID + ".jsonl");
        assertThat(gist.files().get("session-" + ID + ".jsonl"))
                .isEqualTo(new String(BytesPayload.read(bundle.transcript()), UTF_8));
        assertThat(world.told).singleElement().asString().contains("everybody can read who has its address");
    }

    @Test
    void updatesTheGistInsteadOfMakingAnother() throws IOException, StaleBase {
        Optional<StoredSession> stored = Optional.empty();
        for (int turns = 1; turns <= 5; turns++) {
            Bundles bundle = Bundles.of(ID, turns).under(turns == 3 ? "other" : "pr-12");
            stored.ifPresent(bundle::onto);
            stored = Optional.of(open().save(bundle.build(), stored).session());
        }
        assertThat(world.gists()).hasSize(1);
        assertThat(open().find(new Query.ByKey(new Key("other")))).contains(stored.get());
        assertThat(world.gists().getFirst().files().keySet().stream().filter(name -> name.contains(".relay-")))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void countsItsRequests() throws IOException, StaleBase {
        SessionStore store = open();
        store.find(BY_ID);
        StoredSession first =
                store.save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        assertThat(world.standIn.faults().requests()).as("a first save").isEqualTo(4);
        world.standIn.faults().clear();
        SessionStore later = open();
        Optional<StoredSession> base = later.find(BY_ID);
        later.save(Bundles.of(ID, 2).onto(first).build(), base);
        assertThat(world.standIn.faults().requests()).as("a later save").isEqualTo(4);
        world.standIn.faults().clear();
        SessionStore reader = open();
        BytesPayload.read(reader.load(reader.find(new Query.ByRef(first.ref())).orElseThrow())
                .transcript());
        assertThat(world.standIn.faults().requests()).as("reading by ref").isEqualTo(1);
    }

    /** Between making its gist and looking for others, a writer does not know yet whether its gist will stay. */
    @Test
    void buildsOnNoGistBeforeItIsSettled() throws IOException, StaleBase {
        SessionStore slow = open();
        slow.find(BY_ID);
        List<Optional<StoredSession>> seenByAnother = new ArrayList<>();
        world.standIn.faults().before(2, () -> seenByAnother.add(find()));
        StoredSession saved =
                slow.save(Bundles.of(ID, 1).build(), Optional.empty()).session();

        assertThat(seenByAnother).containsExactly(Optional.empty());
        assertThat(find()).contains(saved);
    }

    @Test
    void letsOneOfTwoFirstSavesStay() throws IOException, StaleBase {
        SessionStore slow = open();
        slow.find(BY_ID);
        List<StaleBase> refused = new ArrayList<>();
        world.standIn
                .faults()
                .before(
                        2,
                        () -> refused.add(catchThrowableOfType(
                                StaleBase.class,
                                () -> open().save(Bundles.of(ID, 2).build(), Optional.empty()))));
        StoredSession saved =
                slow.save(Bundles.of(ID, 1).build(), Optional.empty()).session();

        assertThat(refused).doesNotContainNull().hasSize(1);
        assertThat(world.gists()).hasSize(1);
        assertThat(find()).contains(saved);
    }

    @Test
    void removesWhatABrokenSaveLeftBehind() throws IOException, StaleBase {
        SessionStore broken = open();
        broken.find(BY_ID);
        world.standIn.faults().from(3, Faults.Fault.RESET_BEFORE);
        assertThat(catchThrowableOfType(
                        Failure.class, () -> broken.save(Bundles.of(ID, 1).build(), Optional.empty())))
                .isNotNull();
        world.standIn.faults().clear();
        assertThat(find()).isEmpty();
        assertThat(open().list().problems()).singleElement().asString().contains("broken off");
        assertThat(catchThrowableOfType(
                        StaleBase.class, () -> open().save(Bundles.of(ID, 1).build(), Optional.empty())))
                .as("it may be under way")
                .isNotNull();

        world.gists().getFirst().age(Duration.ofMinutes(2));
        StoredSession saved =
                open().save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        assertThat(find()).contains(saved);
        assertThat(world.gists()).hasSize(1);
    }

    private Optional<StoredSession> find() {
        try {
            return open().find(BY_ID);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givesBackWhatIsNoText() throws IOException, StaleBase {
        byte[] odd = "{\"a\":\"\u00e9\"}\n{\"b\":1}\r\n".getBytes(UTF_8);
        odd[6] = (byte) 0xFF;
        Bundle bundle = Bundles.of(ID).transcript(odd).build();
        open().save(bundle, Optional.empty());

        assertThat(BytesPayload.read(
                        open().load(open().find(BY_ID).orElseThrow()).transcript()))
                .isEqualTo(odd);
    }

    @Test
    void readsTheFirstOfTwoWhateverTheSecondWroteOverIt() throws IOException, StaleBase {
        StoredSession base =
                open().save(Bundles.of(ID, 1).build(), Optional.empty()).session();
        SessionStore one = open();
        SessionStore two = open();
        one.find(BY_ID);
        two.find(BY_ID);
        Bundle first = Bundles.of(ID, 2).onto(base).build();
        StoredSession saved = one.save(first, Optional.of(base)).session();
        Bundle other = Bundles.of(ID)
                .transcript(Conversation.of(ID).turn("other").bytes())
                .build();

        assertThat(catchThrowableOfType(StaleBase.class, () -> two.save(other, Optional.of(base))))
                .isNotNull();
        assertThat(world.gists().getFirst().files().get("session-" + ID + ".jsonl"))
                .contains("other");
        StoredSession found = open().find(BY_ID).orElseThrow();
        assertThat(found).isEqualTo(saved);
        assertThat(BytesPayload.read(open().load(found).transcript())).isEqualTo(BytesPayload.read(first.transcript()));
        Bundle third = Bundles.of(ID, 3).onto(found).build();
        open().save(third, Optional.of(found));
        assertThat(open().find(BY_ID).orElseThrow().manifest().facts().turns()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-%s.jsonl", "tmp0a1b2c3d_session-%s.jsonl", "session.jsonl"})
    void readsAndContinuesTheGistsOfErk(String file) throws IOException, StaleBase {
        String text = Conversation.of(ID).turn("turn 0").text();
        Gist gist = world.standIn
                .gists()
                .create("Claude Code session " + ID + " (remote)", false, Map.of(file.formatted(ID), text));
        StoredSession found = open().find(BY_ID).orElseThrow();
        assertThat(found.manifest().origin().source()).isEqualTo("remote");
        assertThat(BytesPayload.read(open().load(found).transcript())).isEqualTo(text.getBytes(UTF_8));
        assertThat(open().list().problems()).singleElement().asString().contains(gist.id());

        open().save(Bundles.of(ID, 2).onto(found).build(), Optional.of(found));
        assertThat(world.gists()).containsExactly(gist);
        assertThat(gist.files().keySet())
                .filteredOn(name -> name.endsWith(".jsonl"))
                .containsExactly("session-" + ID + ".jsonl");
        assertThat(open().find(BY_ID).orElseThrow().manifest().facts().turns()).isEqualTo(2);
    }

    /** The stand-in notes a file of more than 10 MB that is asked for in any other way. */
    @Test
    void readsByGitWhatIsTooLargeForAnAddress() throws IOException, StaleBase {
        byte[] text = (Conversation.of(ID).turn("turn 0").text()
                        + "{\"type\":\"system\",\"content\":\"0123456789\"}\n".repeat(300_000))
                .getBytes(UTF_8);
        world.standIn
                .gists()
                .create(
                        "Claude Code session " + ID + " (local)",
                        false,
                        Map.of("session-" + ID + ".jsonl", new String(text, UTF_8)));
        StoredSession found = open().find(BY_ID).orElseThrow();

        assertThat(text).hasSizeGreaterThan(10_000_000);
        assertThat(BytesPayload.read(open().load(found).transcript())).isEqualTo(text);
    }

    @Test
    void saysThatAJobsOwnTokenCanNeverHaveGists() {
        world.standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        try (GitHub job = world.standIn.client("ghs_job")) {
            Failure failure =
                    catchThrowableOfType(Failure.class, () -> world.store(job).find(BY_ID));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
            assertThat(failure).hasMessageContaining("such a token can never write gists");
            assertThat(failure.next()).contains("personal access token (classic) with the scope \"gist\"");
        }
    }

    @Test
    void refusesToPutASessionIntoAPublicGist() throws IOException {
        world.standIn
                .gists()
                .create(
                        "Claude Code session " + ID + " (local)",
                        true,
                        Map.of(
                                "session-" + ID + ".jsonl",
                                Conversation.of(ID).turn("turn 0").text()));
        StoredSession found = open().find(BY_ID).orElseThrow();
        Bundle more = Bundles.of(ID, 2).build();
        Failure failure = catchThrowableOfType(Failure.class, () -> open().save(more, Optional.of(found)));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
    }
}
