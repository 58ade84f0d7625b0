package dev.sessionrelay.plan;

import static dev.sessionrelay.plan.PlanSamples.FIELDS;
import static dev.sessionrelay.plan.PlanSamples.WARNING;
import static dev.sessionrelay.plan.PlanSamples.block;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies as each era of erk left them: read, written, and read again. */
class PlanErasTest {
    private static final String BARE = "<!-- /erk:metadata-block -->";
    private static final String NAMED = "<!-- /erk:metadata-block:plan-header -->";
    private static final String ID = "6c238843-0121-4600-92e4-cf487dcc9f0f";
    private static final String SAVED = "last_session_id: " + ID
            + "\nlast_session_at: '2026-02-22T14:12:34.759800+00:00'\nlast_session_source: remote\n";
    private static final String OF_RUN = FIELDS.replace(
                    "last_remote_impl_run_id: null", "last_remote_impl_run_id: '21200000000'")
            .replace("last_remote_impl_session_id: null", "last_remote_impl_session_id: " + ID);
    private static final String IN_GIST = FIELDS
            + "last_session_gist_url: https://gist.github.com/octocat/506e10\nlast_session_gist_id: '506e10'\n" + SAVED;
    private static final String ON_BRANCH =
            FIELDS.replace("schema_version: '2'", "schema_version: '2'\nlifecycle_stage: impl")
                    + "objective_issue: 4991\nlast_session_branch: async-learn/7847\n" + SAVED;
    private static final LastSession NEW = new LastSession.OnBranch(
            "session-relay/plan-1",
            "7c53d351-013c-4308-a705-3cc3387680a2",
            "2026-11-21T10:00:00.000000+00:00",
            "local");

    /** @param last where the header says the last session is, of which class */
    record Sample(String era, String before, String block, String after, String fields, Optional<Class<?>> last) {
        String body() {
            return before + block + after;
        }

        @Override
        public String toString() {
            return era;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(
                        "artifact: an issue, its session known by the run only",
                        "",
                        WARNING + block("<code>plan-header</code>", OF_RUN, NAMED),
                        "",
                        OF_RUN,
                        Optional.empty()),
                new Sample(
                        "gist: with the warnings of seven updates",
                        "A word before.\n\n",
                        WARNING.repeat(7) + block("<code>plan-header</code>", IN_GIST, BARE),
                        "\n\nA word \\1 after $0.\n",
                        IN_GIST,
                        Optional.of(LastSession.InGist.class)),
                new Sample(
                        "branch: a draft pull request, the header above a line",
                        "",
                        WARNING + block("plan-header", ON_BRANCH, NAMED),
                        "\n\n---\n\nThe body.\n\n---\nCloses #1",
                        ON_BRANCH,
                        Optional.of(LastSession.OnBranch.class)),
                new Sample(
                        "opened by a person, who left the details open",
                        "x\r\n",
                        block("plan-header", FIELDS, NAMED)
                                .replace("<details>", "<details open>")
                                .replace("\n", "\r\n"),
                        "\r\ny",
                        FIELDS,
                        Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsIt(Sample sample) {
        PlanBody body = PlanBody.require(sample.body());

        assertThat(body.lastSession().map(Object::getClass)).isEqualTo(sample.last());
        assertThat(body.fields().write()).isEqualTo(sample.fields().stripTrailing());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesItAndKeepsTheRest(Sample sample) {
        String written = PlanBody.require(sample.body()).with(NEW);

        assertThat(written).startsWith(sample.before() + WARNING.strip()).endsWith(sample.after());
        assertThat(written).containsOnlyOnce(WARNING.strip());
        PlanBody again = PlanBody.require(written);
        assertThat(again.lastSession()).contains(NEW);
        assertThat(again.with(NEW)).isEqualTo(written);
        sample.fields()
                .lines()
                .filter(line -> !line.startsWith("last_session_"))
                .forEach(line -> assertThat(written).contains(line));
        assertThat(written).doesNotContain("gist");
        String block = written.substring(
                sample.before().length(), written.length() - sample.after().length());
        String frame = block.replace("\r\n", "\n").replace(again.fields().write(), "fields");
        assertThat(frame)
                .isEqualTo(WARNING
                        + sample.block()
                                .replace("\r\n", "\n")
                                .replace(WARNING, "")
                                .replace(fieldsOf(sample), "fields"));
    }

    private static String fieldsOf(Sample sample) {
        return sample.fields().stripTrailing();
    }

    /** How an erk from before 2026-02-20 finds a header in a body: the block, and the fields in it. */
    private static Optional<String> asOldErkReads(String body) {
        Matcher block = Pattern.compile(
                        "<!-- erk:metadata-block:(.+?) -->(.+?)<!-- /erk:metadata-block(?::\\1)? -->", Pattern.DOTALL)
                .matcher(body);
        Pattern details = Pattern.compile(
                "<details(?:\\s+open)?>\\s*<summary><code>[^<]+</code></summary>\\s*```yaml\\s*(.*?)\\s*```\\s*</details>",
                Pattern.DOTALL);
        while (block.find()) {
            Matcher inside = details.matcher(block.group(2));
            if (block.group(1).equals("plan-header") && inside.find()) {
                return Optional.of(inside.group(1));
            }
        }
        return Optional.empty();
    }

    static Stream<Arguments> formsThatAnOldErkWrote() {
        Stream.Builder<Arguments> forms = Stream.builder();
        for (String fields : List.of(FIELDS, OF_RUN, IN_GIST)) {
            for (String closing : List.of(BARE, NAMED)) {
                for (int warnings : new int[] {1, 7}) {
                    forms.add(Arguments.of(fields, closing, warnings));
                }
            }
        }
        return forms.build();
    }

    @ParameterizedTest
    @MethodSource("formsThatAnOldErkWrote")
    void anOldErkReadsWhatWeUpdated(String fields, String closing, int warnings) {
        String body = "A word.\n\n" + WARNING.repeat(warnings) + block("<code>plan-header</code>", fields, closing)
                + "\n\nMore.";
        assertThat(asOldErkReads(body)).isPresent();
        LastSession inGist = new LastSession.InGist(
                "https://gist.github.com/octocat/506a8bae90d090d89a6e7257f097e351",
                "506a8bae90d090d89a6e7257f097e351",
                ID,
                "2026-11-21T10:00:00.000000+00:00",
                "remote");
        for (LastSession session : List.of(inGist, NEW)) {
            String written = PlanBody.require(body).with(session);
            assertThat(asOldErkReads(written))
                    .contains(PlanBody.require(written).fields().write());
        }
    }
}
