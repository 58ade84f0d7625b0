package dev.sessionrelay.action.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.EventKey;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.testing.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an event says, it gives a key that is one, or none and the reason in words. */
class EventFuzzTest {
    private static final List<String> NAMES = List.of(
            "pull_request",
            "pull_request_target",
            "issue_comment",
            "discussion",
            "workflow_dispatch",
            "workflow_run",
            "check_run",
            "check_suite",
            "merge_group",
            "release",
            "create",
            "push",
            "",
            "anything");
    private static final List<byte[]> PIECES = Stream.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "\\u0000",
                    "\\ud800",
                    "\n",
                    "null",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "12",
                    "../",
                    "refs/pull/7/merge",
                    "refs/heads/gh-readonly-queue/main/pr-7-0a",
                    "\"pull_requests\":[{\"number\":7}],",
                    "\"branch\":\"main\",",
                    "[".repeat(2000))
            .map(piece -> piece.getBytes(UTF_8))
            .toList();

    private static final byte[] PAYLOAD = """
            {"action":"created","number":12,"ref":"refs/heads/main","ref_type":"branch","inputs":{"branch":"topic"},
             "issue":{"number":34,"pull_request":{"url":"x"}},"comment":{"body":"@claude"},"discussion":{"number":5},
             "pull_request":{"number":12,"head":{"ref":"topic","repo":{"full_name":"octo/re","fork":false}},
              "base":{"ref":"main","repo":{"full_name":"octo/re","id":7}}},
             "workflow_run":{"head_branch":"topic","head_repository":{"full_name":"octo/re"},"pull_requests":[]},
             "check_run":{"check_suite":{"head_branch":"topic","pull_requests":[{"number":12}]}},
             "check_suite":{"head_branch":"topic","pull_requests":[{"number":12}]},
             "merge_group":{"head_ref":"refs/heads/gh-readonly-queue/main/pr-12-0a1b","base_ref":"refs/heads/main"},
             "release":{"tag_name":"v1"},
             "repository":{"full_name":"octo/re","id":7,"private":true,"visibility":"private"}}
            """.getBytes(UTF_8);

    @TempDir
    private Path root;

    @Test
    void events() {
        StandInRunner machine = new StandInRunner(root);
        Path file = Path.of(machine.environment.get("GITHUB_EVENT_PATH"));
        PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), false, UTF_8);
        Fuzz.run(random -> {
            Files.write(file, Fuzz.mutated(PAYLOAD, PIECES, random));
            String name = NAMES.get(random.nextInt(NAMES.size()));
            String ref = new String(Fuzz.mutated("refs/heads/main".getBytes(UTF_8), PIECES, random), UTF_8);
            ActionContext runner = machine.asSeen(Map.of("GITHUB_EVENT_NAME", name, "GITHUB_REF", ref), nobody);
            try {
                Event event = Event.of(runner);
                event.visibility();
                event.isPullRequestOfAFork();
                Key key = EventKey.of(event);
                assertThat(new Key(key.text())).isEqualTo(key);
            } catch (Failure refused) {
                assertThat(refused.exitCode()).isNotEqualTo(ExitCode.OUR_BUG);
                assertThat(refused.describe()).isNotBlank();
            }
        });
    }
}
