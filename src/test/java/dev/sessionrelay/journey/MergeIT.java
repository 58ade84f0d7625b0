package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several machines go on with one session, each for itself, and save it. What the real CLI then sends to the model is
 * what they had in common and all that each of them has added.
 */
@Needs(Tool.CLAUDE_CLI)
class MergeIT {
    @TempDir
    private Path temp;

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versionsOldAndNew")
    void threeWritersBecomeOneConversation(String version) throws Exception {
        try (var model = ModelServer.startStrict()) {
            var several = new Several(new ClaudeCli(version, model), temp);
            several.record();
            Writer a = several.writer("a");
            Writer b = several.writer("b");
            Writer c = several.writer("c");
            a.goOn("alpha");
            b.goOn("beta");
            c.goOn("gamma");
            Checks checks = several.checks();

            assertThat(b.save().outcome())
                    .as(checks.check("the first to save just saves"))
                    .isEqualTo("saved");
            Relay.Answer second = a.save();
            assertThat(second.outcome())
                    .as(checks.check("the second is merged"))
                    .isEqualTo("merged");
            assertThat(second.text("conflict")).as(checks.check("and says so")).isEqualTo("merged");
            assertThat(c.save().outcome()).as(checks.check("so is the third")).isEqualTo("merged");
            for (Writer writer : List.of(a, b, c)) {
                assertThat(writer.save().outcome())
                        .as(checks.check("what is in the merged one is not saved again"))
                        .isEqualTo("behind");
            }

            Writer elsewhere = several.writer("elsewhere");
            several.remembersInOrder("elsewhere", elsewhere.ask("delta-prompt"), "sigma", "alpha", "beta", "gamma");

            Relay.Answer back = b.restore();
            assertThat(back.outcome())
                    .as(checks.check("a writer gets what is new"))
                    .isIn("appended", "replaced");
            assertThat(b.save().outcome())
                    .as(checks.check("and then has nothing to save"))
                    .isEqualTo("unchanged");
            ModelRequest sent = b.ask("epsilon-prompt");
            several.remembers("back at a writer", sent, "sigma", "alpha", "beta", "gamma");
            assertThat(b.save().outcome())
                    .as(checks.check("its next turn is just saved"))
                    .isEqualTo("saved");
            assertThat(elsewhere.save().outcome())
                    .as(checks.check("and merged with a turn from elsewhere"))
                    .isEqualTo("merged");
            ModelRequest all = several.writer("last").ask("zeta-prompt");
            several.remembers("in the end", all, "sigma", "alpha", "beta", "gamma");
            checks.remembers("in the end: the turns since", all.prompts(), "delta-prompt", "epsilon-prompt");
            assertThat(model.refusals())
                    .as(checks.check("the model refused nothing"))
                    .isEmpty();
            System.out.println(checks);
        }
    }

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versionsOldAndNew")
    void addsBehindWhatAMachineHasForItself(String version) throws Exception {
        try (var model = ModelServer.startStrict()) {
            var several = new Several(new ClaudeCli(version, model), temp);
            several.record();
            Writer a = several.writer("a");
            Writer b = several.writer("b");
            b.goOn("beta");
            a.goOn("alpha");
            a.save();
            Checks checks = several.checks();

            byte[] own = b.session().bytes();
            assertThat(b.restore().outcome())
                    .as(checks.check("restoring merges with what the machine has for itself"))
                    .isEqualTo("merged");
            assertThat(b.session().bytes())
                    .as(checks.check("its own bytes stay"))
                    .startsWith(own);
            several.remembersInOrder("there", b.ask("delta-prompt"), "sigma", "beta", "alpha");
            assertThat(b.save().outcome())
                    .as(checks.check("saving that adds to the store"))
                    .isEqualTo("saved");
            several.remembers("elsewhere", several.writer("c").ask("zeta-prompt"), "sigma", "alpha", "beta");
            System.out.println(checks);
        }
    }

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versionsOldAndNew")
    void subagentsOfAllComeTogether(String version) throws Exception {
        try (var model = ModelServer.startStrict()) {
            var claude = new ClaudeCli(version, model);
            var several = new Several(claude, temp);
            several.recordWithSubagent();
            Writer a = several.writer("a");
            Writer b = several.writer("b");
            a.delegate("alpha");
            b.delegate("beta");
            Checks checks = several.checks();
            String agent = claude.continuesSubagents() ? several.agentOf(a.session()) : "";
            if (claude.continuesSubagents()) {
                a.tellAgent(agent, "alpha-word");
                b.tellAgent(agent, "beta-word");
            }
            a.save();
            assertThat(b.save().outcome()).as(checks.check("merged")).isEqualTo("merged");
            Writer c = several.writer("c");
            several.remembersInOrder("elsewhere", c.ask("delta-prompt"), "sigma", "alpha", "beta");
            assertThat(c.session().files().stream()
                            .filter(file -> file.toString().endsWith(".jsonl")))
                    .as(checks.check("the subagents of all are there"))
                    .hasSizeGreaterThanOrEqualTo(1 + 3);
            if (claude.continuesSubagents()) {
                c.tellAgent(agent, "gamma-word");
                ModelRequest subagent = model.firstOfSubagentAfter("gamma-word");
                checks.remembers(
                        "a subagent that both went on with knows both", subagent.prompts(), "alpha-word", "beta-word");
            }
            System.out.println(checks);
        }
    }

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versionsOldAndNew")
    void seesTheOtherBehindACompaction(String version) throws Exception {
        try (var model = ModelServer.startStrict()) {
            var several = new Several(new ClaudeCli(version, model), temp);
            several.record();
            Writer a = several.writer("a");
            Writer b = several.writer("b");
            a.goOn("alpha");
            a.tell("/compact");
            b.goOn("beta");
            Checks checks = several.checks();
            a.save();
            assertThat(b.save().outcome()).as(checks.check("merged")).isEqualTo("merged");
            ModelRequest sent = several.writer("c").ask("delta-prompt");
            checks.remembers("elsewhere: the summary", sent.prompts(), "This session is being continued");
            several.remembers("elsewhere", sent, "beta");

            assertThat(b.restore().outcome())
                    .as(checks.check("where it cannot be appended, all of it takes its place"))
                    .isEqualTo("replaced");
            ModelRequest back = b.ask("epsilon-prompt");
            checks.remembers("back at the other: the summary", back.prompts(), "This session is being continued");
            several.remembers("back at the other", back, "beta");
            System.out.println(checks);
        }
    }

    @ParameterizedTest(name = "claude {0}")
    @MethodSource("dev.sessionrelay.journey.ClaudeCli#versionsOldAndNew")
    void keepsBothWhereACompactionWouldHideOne(String version) throws Exception {
        try (var model = ModelServer.startStrict()) {
            var several = new Several(new ClaudeCli(version, model), temp);
            several.record();
            Writer a = several.writer("a");
            Writer b = several.writer("b");
            a.goOn("alpha");
            a.tell("/compact");
            b.goOn("beta");
            b.tell("/compact");
            Checks checks = several.checks();
            a.save();
            Program.Ended ended = b.saveAnyhow();
            assertThat(ended.exit()).as(checks.check("exit code 4")).isEqualTo(4);
            JsonNode answer = Json.parse(ended.stdout());
            assertThat(answer.path("conflict").asText())
                    .as(checks.check("and says so"))
                    .isEqualTo("kept-both");
            assertThat(answer.path("not_merged_because").asText()).contains("compact");
            assertThat(answer.path("session_id").asText()).isNotEqualTo(several.id());
            System.out.println(checks + ": " + answer.path("not_merged_because").asText());
        }
    }
}
