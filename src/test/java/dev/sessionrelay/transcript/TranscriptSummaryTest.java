package dev.sessionrelay.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Samples;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranscriptSummaryTest {

    @Test
    void tellsOfASmallSession() throws IOException {
        TranscriptSummary summary = of(Samples.SMALL);

        assertThat(summary.firstPrompt()).contains("ALPHA-1 first");
        assertThat(summary.lastPrompt()).contains("ALPHA-1 first");
        assertThat(summary.tools()).isEmpty();
        assertThat(summary.model()).isPresent();
    }

    @Test
    void countsTheToolsThatWereUsed() throws IOException {
        assertThat(of(Samples.MEDIUM).tools())
                .isEqualTo(Map.of("Write", 1, "Bash", 2, "Read", 1, "Edit", 1, "Agent", 1));
        assertThat(of(Samples.INTERACTIVE).tools()).isEqualTo(Map.of("Write", 1, "Read", 1, "Edit", 1, "Bash", 1));
    }

    @Test
    void takesNoCommandForAPrompt() throws IOException {
        TranscriptSummary summary = of(Samples.INTERACTIVE);

        assertThat(summary.firstPrompt().orElseThrow()).startsWith("TUI-ALPHA please.");
        assertThat(summary.lastPrompt()).isEqualTo(summary.firstPrompt());
    }

    @Test
    void countsAMessageThatLiesInSeveralRecordsOnce() throws IOException {
        String block =
                "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":[],\"usage\":{\"input_tokens\":3,"
                        + "\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":100,\"output_tokens\":7}}}\n";
        TranscriptSummary summary = of(block + block + block.replace("m1", "m2"));

        assertThat(summary.writtenTokens()).isEqualTo(14);
        assertThat(summary.contextTokens()).isEqualTo(123);
    }

    @Test
    void tellsTheFirstAndTheLastPrompt() throws IOException {
        TranscriptSummary summary = of(Conversation.of(Conversation.id(1))
                .turn("first")
                .turn("second")
                .line(
                        "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"image\"},{\"type\":\"text\",\"text\":\"third\"}]}}")
                .line("{\"type\":\"user\",\"isSidechain\":true,\"message\":{\"content\":\"to a subagent\"}}")
                .line("{\"type\":\"user\",\"isMeta\":true,\"message\":{\"content\":\"a caveat\"}}")
                .text());

        assertThat(summary.firstPrompt()).contains("first");
        assertThat(summary.lastPrompt()).contains("third");
        assertThat(summary.model()).contains("claude-opus-5-5");
    }

    @Test
    void makesAllItTellsSafeToPrint() throws IOException {
        TranscriptSummary summary = of("""
                {"type":"user","message":{"content":"a\\u001b]0;title\\u0007b\\nc"}}
                {"type":"assistant","message":{"model":"m\\u001bx","content":[{"type":"tool_use","name":"T\\u009bx"}]}}
                """);

        assertThat(summary.firstPrompt()).contains("a ]0;title b c");
        assertThat(summary.model()).contains("m x");
        assertThat(summary.tools()).isEqualTo(Map.of("T x", 1));
    }

    @Test
    void survivesDamage() throws IOException {
        TranscriptSummary summary =
                of("junk\n\n[]\n{\"type\":\"user\"}\n{\"type\":7}\n{\"type\":\"assistant\",\"message\":\"text\"}\n"
                        + "[".repeat(5000) + "\n{\"type\":\"user\",\"message\":{\"content\":\"half");

        assertThat(summary)
                .isEqualTo(new TranscriptSummary(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), 0, 0));
    }

    private static TranscriptSummary of(Samples sample) throws IOException {
        return TranscriptSummary.of(FilePayload.of(sample.transcript()));
    }

    private static TranscriptSummary of(String text) throws IOException {
        return TranscriptSummary.of(BytesPayload.of(text).inChunksOf(1000));
    }
}
