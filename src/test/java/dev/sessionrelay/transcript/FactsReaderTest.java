package dev.sessionrelay.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Samples;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsReaderTest {

    @Test
    void readsASmallSession() throws IOException {
        assertThat(of(Samples.SMALL))
                .isEqualTo(new TranscriptFacts(
                        Optional.empty(),
                        1,
                        2,
                        Optional.of("2026-11-21T03:53:38.556Z"),
                        Optional.of("2026-11-21T03:53:38.727Z"),
                        Optional.of("/home/dev/projects/m-2.1.329-one"),
                        Optional.of("/home/dev/projects/m-2.1.329-one"),
                        Optional.of("feature/abc"),
                        Optional.of("feature/abc"),
                        Optional.of("2.1.329"),
                        Optional.of("sdk-cli")));
    }

    @Test
    void countsNoCommandsAndResultsAsTurns() throws IOException {
        TranscriptFacts facts = of(Samples.INTERACTIVE);

        assertThat(facts.turns()).isEqualTo(1);
        assertThat(facts.messages()).isEqualTo(17);
        assertThat(facts.title()).contains("my-nice-name");
        assertThat(facts.lastBranch()).contains("main");
        assertThat(facts.entrypoint()).contains("cli");
        assertThat(facts.lastAt()).contains("2026-11-21T04:14:47.836Z");
    }

    @Test
    void readsASessionWithToolsAndASubagent() throws IOException {
        TranscriptFacts facts = of(Samples.MEDIUM);

        assertThat(facts.turns()).isEqualTo(1);
        assertThat(facts.messages()).isEqualTo(16);
        assertThat(facts.title()).isEmpty();
        assertThat(facts.firstFolder()).contains("/home/dev/projects/med");
        assertThat(facts.firstBranch()).contains("feature/med");
    }

    @Test
    void countsTurns() throws IOException {
        Conversation conversation = Conversation.of(Conversation.id(1))
                .turn("one")
                .line("{\"type\":\"user\",\"isMeta\":true,\"message\":{\"content\":\"a caveat\"}}")
                .line("{\"type\":\"user\",\"isCompactSummary\":true,\"message\":{\"content\":\"a summary\"}}")
                .line("{\"type\":\"user\",\"isSidechain\":true,\"message\":{\"content\":\"to a subagent\"}}")
                .line(
                        "{\"type\":\"user\",\"message\":{\"content\":[{\"tool_use_id\":\"x\",\"type\":\"tool_result\"}]}}")
                .turn("two");

        assertThat(facts(conversation.text()).turns()).isEqualTo(2);
    }

    @Test
    void seesWhereASessionBeganAndWhereItWentOn() throws IOException {
        TranscriptFacts facts = facts(Conversation.of(Conversation.id(1))
                .in("/home/a")
                .onBranch("main")
                .turn("one")
                .in("/home/b")
                .onBranch("feature")
                .turn("two")
                .text());

        assertThat(facts.firstFolder()).contains("/home/a");
        assertThat(facts.lastFolder()).contains("/home/b");
        assertThat(facts.firstBranch()).contains("main");
        assertThat(facts.lastBranch()).contains("feature");
        assertThat(facts.firstAt()).contains("2026-11-20T09:00:01Z");
        assertThat(facts.lastAt()).contains("2026-11-20T09:00:04Z");
    }

    @Test
    void prefersTheTitleThatAPersonGave() throws IOException {
        String custom = "{\"type\":\"custom-title\",\"customTitle\":\"mine\"}\n";
        String made = "{\"type\":\"ai-title\",\"aiTitle\":\"made\"}\n";
        String summary = "{\"type\":\"summary\",\"summary\":\"of old\"}\n";

        assertThat(facts(custom + made + summary).title()).contains("mine");
        assertThat(facts(summary + made).title()).contains("made");
        assertThat(facts(summary).title()).contains("of old");
        assertThat(facts("{\"type\":\"custom-title\",\"customTitle\":\"  \"}\n").title())
                .isEmpty();
    }

    @Test
    void makesATitleSafeToPrint() throws IOException {
        String title = "\\u001b[31mred\\nsecond line\\u202e" + "x".repeat(500);

        assertThat(facts("{\"type\":\"custom-title\",\"customTitle\":\"" + title + "\"}\n")
                        .title()
                        .orElseThrow())
                .startsWith("[31mred second line xxx")
                .hasSize(121)
                .endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{\"type\":\"mode\",\"timestamp\":\"2026-11-20T09:00:00Z\"}\n",
                "{\"type\":\"user\",\"message\":{\"content\":\"without a time\"}}\n",
                "{\"type\":\"user\",\"timestamp\":\"2026-11-20T09:00:00Z\",\"message\":{\"content\":\"torn",
            })
    void findsNoConversationWhereClaudeCodeFindsNone(String text) throws IOException {
        assertThat(facts(text).hasConversation()).isFalse();
    }

    private static TranscriptFacts of(Samples sample) throws IOException {
        return FactsReader.of(FilePayload.of(sample.transcript()));
    }

    private static TranscriptFacts facts(String text) throws IOException {
        return FactsReader.of(BytesPayload.of(text));
    }
}
