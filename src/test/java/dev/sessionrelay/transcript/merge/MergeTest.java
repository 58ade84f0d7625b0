package dev.sessionrelay.transcript.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The joint: what makes it, and what forbids it. */
class MergeTest {
    private static final long HOUR = 3_600_000;

    private final Random random = new Random(1);

    @Test
    void putsTheOneWithTheLatestMessageLast() throws IOException {
        Story common = common(true);
        Story late = common.copy(HOUR).turn();
        Story early = common.copy(0).turn();

        String merged = Story.text(united(late, early).payload());

        assertThat(merged).startsWith(Story.text(early.payload()));
        assertThat(new Resumed(Story.payload(merged)).promptsOfOlder())
                .containsAll(late.prompts())
                .containsAll(early.prompts());
    }

    @Test
    void changesTheParentAndNoOtherByteOfTheLine() throws IOException {
        String head =
                "{\"type\":\"user\",\"uuid\":\"00000000-0000-4000-8000-00000000000%s\",\"timestamp\":\"2026-01-01T10:00:0%s.000Z\","
                        + "\"message\":{\"content\":\"\\\"parentUuid\\\":\\\"no\\\" é 🛰\"}, \"parentUuid\" :%s}\r\n";
        String s = head.formatted("1", "1", "null");
        String a = head.formatted("2", "2", " \"00000000-0000-4000-8000-000000000001\" ");
        String b = head.formatted("3", "3", " \"00000000-0000-4000-8000-000000000001\" ");

        Merge.United united = (Merge.United) merge(Story.payload(s + a), Story.payload(s + b));

        assertThat(Story.text(united.payload()))
                .isEqualTo(s + a + head.formatted("3", "3", " \"00000000-0000-4000-8000-000000000002\" "));
    }

    @Test
    void breaksALineThatHasNoEnd() throws IOException {
        Story common = common(true);
        String early = Story.text(common.copy(0).turn().payload()).stripTrailing();
        Story late = common.copy(HOUR).turn();

        Merge.United united = (Merge.United) merge(Story.payload(early), late.payload());

        assertThat(Story.text(united.payload())).startsWith(early + "\n{");
    }

    @Test
    void needsNoJointWhereOnlyOneSaidSomething() throws IOException {
        Story common = common(true);
        Story titled = common.copy(HOUR).state("{\"type\":\"custom-title\",\"customTitle\":\"mine\"}");
        Story spoken = common.copy(0).turn();

        for (Merge.United united : new Merge.United[] {united(titled, spoken), united(spoken, titled)}) {
            assertThat(united.reparented()).isZero();
            assertThat(Story.text(united.payload())).contains("custom-title");
            assertThat(new Resumed(united.payload()).promptsOfNewer()).containsAll(spoken.prompts());
        }
    }

    @Test
    void goesOnBehindTheRecordThatItFollowsAnyway() throws IOException {
        Story common = common(true);
        Story one = common.copy(0).turn();
        Story other = common.copy(HOUR).turn();
        Payload merged = united(one, other).payload();
        Story further = other.copy(HOUR).turn();

        Merge.United united = (Merge.United) merge(merged, further.payload());

        assertThat(united.reparented()).isZero();
        assertThat(Story.text(united.payload())).startsWith(Story.text(merged));
    }

    @Test
    void leavesAlonePartsOfTheOtherThatWereGivenUp() throws IOException {
        Story common = common(true);
        Story one = common.copy(0).turn();
        String before = common.end();
        Story other = common.copy(HOUR).turn().rewindTo(before).turn();
        String givenUp = other.prompts().get(1);

        Merge.United united = united(one, other);

        assertThat(new Resumed(united.payload()).promptsOfNewer())
                .containsAll(one.prompts())
                .contains(other.prompts().getLast())
                .doesNotContain(givenUp);
        assertThat(Story.text(united.payload())).contains(givenUp);
    }

    /** Goes on with a prompt, for which a tool is at work. */
    private static Story inACall(Story common, long later) {
        Story open = common.copy(later);
        open.prompt();
        open.call();
        return open;
    }

    @Test
    void doesNotJoinBehindAnOpenToolCall() throws IOException {
        Story common = common(false);
        Story open = inACall(common, 0);
        Story other = common.copy(HOUR).turn();

        assertThat(why(open, other)).isEqualTo("one of them ends in the middle of a tool call");
    }

    @Test
    void putsAnOpenToolCallLastWhereTheOrderIsFree() throws IOException {
        Story common = common(true);
        Story open = inACall(common, 0);
        open.note();
        Story other = common.copy(HOUR).turn();

        assertThat(Story.text(united(open, other).payload())).startsWith(Story.text(other.payload()));
        Story alsoOpen = inACall(common, HOUR);
        alsoOpen.note();
        assertThat(why(open, alsoOpen)).isEqualTo("one of them ends in the middle of a tool call");
    }

    @Test
    void joinsBehindACallThatWasGivenUpForANewPrompt() throws IOException {
        Story common = common(true);
        Story interrupted = inACall(common, 0);
        interrupted.prompt();
        interrupted.answer();
        Story other = common.copy(HOUR).turn();

        assertThat(Story.text(united(interrupted, other).payload())).startsWith(Story.text(interrupted.payload()));
    }

    @Test
    void doesNotPutAToolsResultBehindAnotherTurn() throws IOException {
        Story common = common(false);
        common.prompt();
        String call = common.call();
        Story other = common.copy(0).turn();
        Story live = common.copy(HOUR).result(call).answer();

        assertThat(why(live, other)).isEqualTo("one of them goes on in the middle of a turn that the other had left");
    }

    @Test
    void putsTheCompactedOneFirst() throws IOException {
        Story common = common(true);
        Story compacted = common.copy(HOUR).turn().compact();
        Story other = common.copy(0).turn();

        String merged = Story.text(united(compacted, other).payload());

        assertThat(merged).startsWith(Story.text(compacted.payload()));
    }

    @Test
    void doesNotJoinTwoCompactedOnes() throws IOException {
        Story common = common(true);

        assertThat(why(common.copy(0).turn().compact(), common.copy(HOUR).turn().compact()))
                .isEqualTo("what is before a compaction would not be seen, and it was compacted in one of them");
    }

    @Test
    void doesNotJoinWhatAnOlderClaudeCodeWouldNotSee() throws IOException {
        Story common = common(false);
        Story compacted = common.copy(HOUR).turn().compact();
        Story other = common.copy(0).turn();

        assertThat(why(compacted, other)).contains("compaction");
        assertThat(Merge.of(compacted.payload(), other.payload(), Chain.OF_SESSION, Merge.MergeRule.FIRST_STAYS))
                .isEqualTo(new Merge.Apart(
                        "an older Claude Code would go on behind the other one, whose messages are later"));
    }

    @Test
    void doesNotAppendACompactedOneToWhatStays() throws IOException {
        Story common = common(true);
        Story here = common.copy(0).turn();
        Story stored = common.copy(HOUR).turn().compact();

        assertThat(Merge.of(here.payload(), stored.payload(), Chain.OF_SESSION, Merge.MergeRule.FIRST_STAYS))
                .isInstanceOf(Merge.Apart.class);
    }

    @Test
    void takesAVersionThatHasAllOfTheOtherAsItIs() throws IOException {
        Story common = common(true);
        Story here = common.copy(HOUR).turn();
        Payload stored = united(common.copy(0).turn().compact(), here).payload();

        Merge.United united =
                (Merge.United) Merge.of(here.payload(), stored, Chain.OF_SESSION, Merge.MergeRule.FIRST_STAYS);

        assertThat(united.extendsFirst()).isFalse();
        assertThat(united.bothAdd()).isFalse();
        assertThat(Story.text(united.payload())).isEqualTo(Story.text(stored));
    }

    @Test
    void doesNotJoinBehindOneThatWentBack() throws IOException {
        Story begun = common(false);
        String earlier = begun.end();
        Story common = begun.copy(0).turn();
        Story wentBack = common.copy(0).rewindTo(earlier).turn();
        Story other = common.copy(HOUR).turn();

        assertThat(why(wentBack, other))
                .isEqualTo("one of them went back to an earlier message, which the other had not");
    }

    @Test
    void doesNotJoinConversationsThatShareNothing() throws IOException {
        assertThat(why(common(true), common(true))).isEqualTo("one of them begins a conversation of its own");
    }

    @Test
    void doesNotJoinWhereARecordWasChanged() throws IOException {
        Story common = common(true).turn();
        Story one = common.copy(0).turn();
        String redacted = Story.text(common.copy(HOUR).turn().payload())
                .replace(common.prompts().getLast(), "[REDACTED]");

        assertThat(merge(one.payload(), Story.payload(redacted)))
                .isEqualTo(new Merge.Apart("a record that both have was changed in one of them"));
    }

    @Test
    void mergesASubagentsOwnFile() throws IOException {
        Story common = common(true);
        String one = asSubagent(common.copy(0).turn());
        String other = asSubagent(common.copy(HOUR).turn());

        Merge merge = Merge.of(Story.payload(one), Story.payload(other), Chain.OF_SUBAGENT, Merge.MergeRule.BY_TIME);

        assertThat(merge)
                .isInstanceOfSatisfying(
                        Merge.United.class,
                        united -> assertThat(united.reparented()).isEqualTo(1));
    }

    private static String asSubagent(Story story) throws IOException {
        return Story.text(story.payload()).replace("\"isSidechain\":false", "\"isSidechain\":true");
    }

    private Story common(boolean named) {
        return Story.begin(random, named).turn();
    }

    private static Merge merge(Payload first, Payload second) throws IOException {
        return Merge.of(first, second, Chain.OF_SESSION, Merge.MergeRule.BY_TIME);
    }

    private static Merge.United united(Story one, Story other) throws IOException {
        return (Merge.United) merge(one.payload(), other.payload());
    }

    private static String why(Story one, Story other) throws IOException {
        String why = ((Merge.Apart) merge(one.payload(), other.payload())).why();
        assertThat(merge(other.payload(), one.payload())).isEqualTo(new Merge.Apart(why));
        return why;
    }
}
