package dev.sessionrelay.plan;

import static dev.sessionrelay.plan.PlanSamples.FIELDS;
import static dev.sessionrelay.plan.PlanSamples.WARNING;
import static dev.sessionrelay.plan.PlanSamples.block;
import static dev.sessionrelay.plan.PlanSamples.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanBodyTest {
    private static final LastSession.InGist IN_GIST = new LastSession.InGist(
            "https://gist.github.com/octocat/506a8bae90d090d89a6e7257f097e351",
            "506a8bae90d090d89a6e7257f097e351",
            "3672bb2f-0121-4600-92e4-cf487dcc9f0f",
            "2026-01-22T22:09:49.694920+00:00",
            "remote");
    private static final String GIST_FIELDS = """
            last_session_gist_url: https://gist.github.com/octocat/506a8bae90d090d89a6e7257f097e351
            last_session_gist_id: 506a8bae90d090d89a6e7257f097e351
            last_session_id: 3672bb2f-0121-4600-92e4-cf487dcc9f0f
            last_session_at: '2026-01-22T22:09:49.694920+00:00'
            last_session_source: remote
            """;
    private static final LastSession.OnBranch ON_BRANCH = new LastSession.OnBranch(
            "async-learn/7847", "6c238843-0121-4600-92e4-cf487dcc9f0f", "2026-02-22T14:12:34.759800+00:00", "remote");
    private static final String BRANCH_FIELDS = """
            last_session_branch: async-learn/7847
            last_session_id: 6c238843-0121-4600-92e4-cf487dcc9f0f
            last_session_at: '2026-02-22T14:12:34.759800+00:00'
            last_session_source: remote
            """;

    @ParameterizedTest
    @CsvSource({"<code>plan-header</code>", "plan-header"})
    void readsBothSummaryForms(String summary) {
        for (String closing :
                new String[] {"<!-- /erk:metadata-block:plan-header -->", "<!-- /erk:metadata-block -->"}) {
            PlanBody body = PlanBody.require("before\n" + WARNING + block(summary, FIELDS, closing) + "\nafter");
            assertThat(body.fields().text("created_by")).contains("octocat");
            assertThat(body.fields().text("created_at")).contains("2026-01-21T10:00:00+00:00");
            assertThat(body.fields().text("last_dispatched_at")).isEmpty();
            assertThat(body.lastSession()).isEmpty();
        }
    }

    @Test
    void writesWhatErkWroteForGists() {
        assertThat(PlanBody.require(modern(FIELDS)).with(IN_GIST)).isEqualTo(modern(FIELDS + GIST_FIELDS));
        assertThat(PlanBody.require(modern(FIELDS + GIST_FIELDS)).lastSession()).contains(IN_GIST);
    }

    @Test
    void writesWhatErkWroteForBranches() {
        assertThat(PlanBody.require(modern(FIELDS)).with(ON_BRANCH)).isEqualTo(modern(FIELDS + BRANCH_FIELDS));
        assertThat(PlanBody.require(modern(FIELDS + BRANCH_FIELDS)).lastSession())
                .contains(ON_BRANCH);
    }

    @Test
    void neverKeepsBothForms() {
        String body = PlanBody.require(modern(FIELDS + GIST_FIELDS)).with(ON_BRANCH);
        assertThat(body).doesNotContain("gist").contains("last_session_branch: async-learn/7847");
        assertThat(PlanBody.require(body).with(IN_GIST)).doesNotContain("last_session_branch");
    }

    @Test
    void changesNothingWhereThatIsSaidAlready() {
        String old = "x\n" + WARNING + WARNING
                + block("<code>plan-header</code>", FIELDS + GIST_FIELDS, "<!-- /erk:metadata-block -->") + "\ny";
        assertThat(PlanBody.require(old).with(IN_GIST)).isEqualTo(old);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9})
    void leavesOneOfAnyNumberOfWarnings(int warnings) {
        String before = "intro\n\n";
        String after = "\n\n---\n\n# The plan\n$1 \\1 costs <b>\r\n";
        String body = before + WARNING.repeat(warnings) + modern(FIELDS).substring(WARNING.length()) + after;
        assertThat(PlanBody.require(body).with(IN_GIST)).isEqualTo(before + modern(FIELDS + GIST_FIELDS) + after);
    }

    @Test
    void keepsUnknownFieldsTheirOrderAndTheirSpelling() {
        String odd = """
                schema_version: "2"
                created_by:   octocat   # who
                zeta: [1, 2]
                note: 'it''s a long text that goes
                  over two lines'
                list:
                - a
                - b
                created_at: 2026-01-21T10:00:00+00:00
                last_session_source: local
                alpha: {x: y}
                """;
        String updated = PlanBody.require(modern(odd)).with(IN_GIST);
        String expected = odd.replace("last_session_source: local", "last_session_source: remote")
                + GIST_FIELDS.replace("last_session_source: remote\n", "");
        assertThat(updated).isEqualTo(modern(expected));
        assertThat(PlanBody.require(updated).fields().text("note"))
                .contains("it's a long text that goes over two lines");
    }

    @Test
    void keepsTheLineEndsOfAPersonsBrowser() {
        String body = ("intro\n" + modern(FIELDS) + "\nafter\n").replace("\n", "\r\n");
        assertThat(PlanBody.require(body).with(IN_GIST))
                .isEqualTo(("intro\n" + modern(FIELDS + GIST_FIELDS) + "\nafter\n").replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "506a8bae90d090d89a6e7257f097e351, 506a8bae90d090d89a6e7257f097e351",
        "12345678, '''12345678'''",
        "506e10, '''506e10'''",
        "null, '''null'''",
        "a b, '''a b'''",
        "async-learn/42, async-learn/42",
    })
    void quotesWhatAYamlReaderWouldMisread(String value, String written) {
        assertThat(Scalar.write(value)).isEqualTo(written);
        assertThat(Scalar.read(written)).contains(value);
    }

    @Test
    void skipsABlockThatCannotBeRead() {
        String broken = block("plan-header", "- a list", "<!-- /erk:metadata-block:plan-header -->");
        PlanBody body = PlanBody.require(broken + "\n" + modern(FIELDS));
        assertThat(body.with(IN_GIST)).isEqualTo(broken + "\n" + modern(FIELDS + GIST_FIELDS));
    }

    /** Each of these took minutes, or did not end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void endsWhateverIsWrittenInABlock(int kind) {
        String filler = List.of(
                        " ".repeat(60_000),
                        "\n".repeat(60_000),
                        "```".repeat(20_000),
                        "```\n</details>".repeat(4_000),
                        "<details><summary>".repeat(3_000),
                        WARNING.repeat(900),
                        "<!-- erk:metadata-block:plan-header -->".repeat(1_600),
                        "a: 'b" + " ".repeat(30_000) + "#" + " ".repeat(29_000) + "\nb")
                .get(kind);
        for (String fields : List.of(filler, FIELDS + "x: " + filler, FIELDS + filler + "\ny: z")) {
            for (String end : List.of("<!-- /erk:metadata-block:plan-header -->", "")) {
                String body = filler + WARNING + block("plan-header", fields, end);
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5),
                        () -> PlanBody.read(body)
                                .ifPresent(read -> read.fields()
                                        .keys()
                                        .forEach(key -> read.fields().text(key))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"\\UFFFFFFFF\"', UFFFFFFFF",
        "'\"\\U00110000\"', U00110000",
        "'\"\\U0001F600\"', \uD83D\uDE00",
        "'\"\\x4\"', x4",
        "'\"a\\u00e4b\"', a\u00e4b",
    })
    void readsEscapesAndLeavesThoseThatNameNothing(String written, String text) {
        assertThat(Scalar.read(written)).contains(text);
        assertThat(PlanBody.require(modern(FIELDS + "x: " + written)).fields().text("x"))
                .contains(text);
    }

    @Test
    void saysThatThereIsNoHeader() {
        Failure failure = catchThrowableOfType(Failure.class, () -> PlanBody.require("no plan here"));
        assertThat(failure).hasMessage("plan-header block not found in issue body");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema_version: '2'|schema_version: '3'|Invalid schema_version '3'. Must be '2'",
                "created_by: octocat|x: y|Missing required fields: created_by",
                "created_by: octocat|created_by: ''|created_by must not be empty",
                "created_by: octocat|created_by: null|created_by must be a string",
                "plan_comment_id: 3786390277|plan_comment_id: '3'|plan_comment_id must be an integer or null",
                "plan_comment_id: 3786390277|plan_comment_id: 0|plan_comment_id must be positive when provided",
                "last_local_impl_event: null|last_local_impl_event: x|last_local_impl_event must be 'started' or 'ended', got 'x'",
                "last_local_impl_user: null|last_local_impl_user: ''|last_local_impl_user must not be empty when provided",
                "last_local_impl_user: null|last_local_impl_user: [a]|last_local_impl_user must be a string or null",
                "created_by: octocat|created_by: {a: b}|created_by must be a string",
                "last_local_impl_user: null|source_repo: nope|source_repo must be in 'owner/repo' format",
            })
    void refusesWhatErkWouldRefuse(String field, String broken, String message) {
        PlanBody body = PlanBody.require(modern(FIELDS.replace(field, broken)));
        Failure failure = catchThrowableOfType(Failure.class, () -> body.with(IN_GIST));
        assertThat(failure).hasMessageEndingWith(message);
    }

    @Test
    void refusesABodyThatGitHubWouldNotTake() {
        String body =
                modern(FIELDS) + "x".repeat(PlanBody.LONGEST - modern(FIELDS).length());
        Failure failure =
                catchThrowableOfType(Failure.class, () -> PlanBody.require(body).with(IN_GIST));
        assertThat(failure).hasMessageContaining("GitHub takes 65536");
    }
}
