package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Samples;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code check} says agrees with what the real Claude Code was seen to do with such files. */
class CheckTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String CALL =
            "{\"type\":\"assistant\",\"uuid\":\"c1\",\"parentUuid\":null,\"timestamp\":\"2026-11-20T10:00:00Z\",\"message\":"
                    + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"NAME\",\"input\":{}}]}}";
    private static final String RESULT =
            "{\"type\":\"user\",\"uuid\":\"c2\",\"parentUuid\":\"c1\",\"timestamp\":\"2026-11-20T10:00:01Z\",\"message\":"
                    + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"x\"}]}}";
    private static final String THOUGHT =
            "{\"type\":\"assistant\",\"uuid\":\"t1\",\"parentUuid\":null,\"timestamp\":\"2026-11-20T10:00:00Z\",\"message\":"
                    + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"TEXT\",\"signature\":\"SIGNATURE\"}]}}";

    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        machine = Machine.at(temp.resolve("machine"));
    }

    private JsonNode check(int exitCode) throws IOException {
        Machine.Run run = machine.run("check", machine.transcript(ID).toString(), "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
        assertThat(run.json().path("resumes").asBoolean()).isEqualTo(exitCode == 0);
        return run.json();
    }

    private static String finding(JsonNode report, String about, String weight) {
        List<String> words = new ArrayList<>();
        for (JsonNode finding : report.path("findings")) {
            if (finding.path("about").asText().equals(about)
                    && finding.path("weight").asText().equals(weight)) {
                words.add(finding.path("words").asText());
            }
        }
        assertThat(words).as(about + " " + weight + " in " + report).isNotEmpty();
        return String.join("; ", words);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingInTheWayOfARecordedSession(Samples sample) throws IOException {
        sample.copyInto(machine.project());
        Path file = machine.project().resolve(sample.id() + ".jsonl");
        Machine.Run run = machine.run("check", file.toString(), "--json");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(finding(run.json(), "tool calls", "fine")).contains("have their results");
        assertThat(finding(run.json(), "signatures", "fine")).contains("none visibly changed");
        assertThat(finding(run.json(), "folder", "fine")).contains("claude finds it from");
        assertThat(run.json().path("estimated_tokens").asLong()).isPositive();
    }

    @Test
    void checksAStoredSession() throws IOException {
        machine.conversation(ID).turn("one").turn("two").writeTo(machine.transcript(ID));
        String ref = machine.run("save", "--json").json().path("ref").asText();
        Machine.Run run = machine.run("check", ref);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("it will resume: " + ref)
                .contains("ok  chain         all of 4 records follow one another")
                .contains("2 turns in 4 messages")
                .contains("a restore puts it into " + machine.project());
    }

    @ParameterizedTest
    @CsvSource({
        // lines of a session that has none else, exit code, about, weight, words
        "EMPTY, 6, conversation, obstacle, no message with a time",
        "CALL, 0, tool calls, remark, resumed as interrupted",
        "CALL+RESULT, 0, tool calls, fine, all 1 have their results",
        "RESULT, 0, tool calls, remark, results without a call",
        "CALL+PROMPT, 0, tool calls, remark, gone on from without a result",
        "CRON+RESULT, 0, actions, remark, scheduled tasks",
        "THOUGHT, 0, signatures, fine, 1 thoughts",
        "REDACTED, 0, signatures, remark, were changed",
        "UNSIGNED, 0, signatures, remark, lack their signature",
        "NOT-BASE64, 0, signatures, remark, were changed",
        "PRINTED, 6, conversation, obstacle, jq -c .",
        "NO-TIMES, 0, conversation, remark, before 2.1.332 Claude Code finds no conversation",
        "WORKTREE, 0, actions, remark, a restore leaves them out",
        "TORN, 0, lines, remark, 1 torn",
        "NO-BREAK, 0, lines, remark, has no line break",
        "REVERSED, 6, chain, obstacle, a part would be lost",
        "GAP, 0, chain, remark, Claude Code bridges such gaps",
        "NEWER, 0, version, remark, recorded by 9.0.0",
        "LARGE, 0, size, remark, may write it anew",
        "LONG, 0, tokens, remark, compacted first"
    })
    void saysWhatItFinds(String what, int exitCode, String about, String weight, String words) throws IOException {
        Conversation conversation = machine.conversation(ID);
        switch (what) {
            case "EMPTY" -> conversation.line("{\"type\":\"mode\",\"mode\":\"normal\"}");
            case "CALL" -> conversation.line(CALL);
            case "CALL+RESULT" -> conversation.line(CALL).line(RESULT);
            case "RESULT" -> conversation.line(RESULT);
            case "CALL+PROMPT" -> conversation.line(CALL).turn("never mind");
            case "CRON+RESULT" ->
                conversation.line(CALL.replace("NAME", "CronCreate")).line(RESULT);
            case "THOUGHT" -> conversation.line(THOUGHT.replace("SIGNATURE", "QUJD"));
            case "REDACTED" ->
                conversation.line(
                        THOUGHT.replace("SIGNATURE", "QUJD").replace("TEXT", "my [redacted:github-token:3f2a]"));
            case "NOT-BASE64" -> conversation.line(THOUGHT.replace("SIGNATURE", "*** not base64 ***"));
            case "PRINTED" -> conversation.line(CALL.replace("{", "{\n  ").replace("}", "\n}"));
            case "NO-TIMES" ->
                conversation.line(CALL.replace("\"timestamp\"", "\"then\"")).line(RESULT);
            case "UNSIGNED" -> conversation.line(THOUGHT.replace("SIGNATURE", ""));
            case "WORKTREE" -> conversation.turn("one").line("{\"type\":\"worktree-state\",\"worktreePath\":\"/x\"}");
            case "TORN" -> conversation.turn("one").line("{\"type\":\"user\",\"mess");
            case "NO-BREAK" -> conversation.turn("one").raw(CALL);
            case "GAP" -> conversation.turn("one").line(CALL.replace("\"parentUuid\":null", "\"parentUuid\":\"gone\""));
            case "NEWER" -> conversation.line(CALL.replace("\"uuid\"", "\"version\":\"9.0.0\",\"uuid\""));
            case "LARGE" -> conversation.turn("x".repeat(3 << 20));
            case "LONG" ->
                conversation.line(THOUGHT.replace("\"role\"", "\"usage\":{\"input_tokens\":500000},\"role\""));
            default -> conversation.turn("one").turn("two");
        }
        conversation.writeTo(machine.transcript(ID));
        if (what.equals("REVERSED")) {
            List<String> lines = new ArrayList<>(Files.readAllLines(machine.transcript(ID)));
            Collections.reverse(lines);
            Files.write(machine.transcript(ID), lines);
        }

        assertThat(finding(check(exitCode), about, weight)).contains(words);
    }

    @Test
    void saysWhenThereIsNothingToCheck() {
        assertThat(machine.run("check", "--key", "nothing").exitCode()).isEqualTo(1);
        assertThat(machine.run("check", "no-such-file.jsonl").exitCode()).isEqualTo(2);
    }
}
