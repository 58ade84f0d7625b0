package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.text.HumanSize;
import org.junit.jupiter.api.Test;

class JobSummaryTest {
    @Test
    void isATableAndTheLinesToType() {
        JobSummary summary = new JobSummary("Saved");
        summary.row("Thread", "pr-12");
        summary.row("Empty", " ");
        summary.row("Kept in", "somewhere", "https://example.com/a?b=c");
        summary.command("session-relay restore 'x'");
        assertThat(summary.markdown())
                .startsWith("### Saved\n\n<table>\n<tr><th align=\"left\">Thread</th><td>pr-12</td></tr>\n")
                .contains("<a href=\"https&#58;//example.com/a&#63;b&#61;c\">somewhere</a>")
                .contains("session-relay restore &#39;x&#39;\n</pre>")
                .doesNotContain("Empty");
    }

    @Test
    void takesAllTextAsText() {
        JobSummary summary = new JobSummary("a");
        summary.row("x", "</td><script>alert(1)</script> [a](javascript:b) `c` **d** | e @f #1 <!-- \n::error::g");
        summary.row("y", "text", "javascript:alert(1)");
        assertThat(summary.markdown())
                .doesNotContain("<script")
                .doesNotContain("](")
                .doesNotContain("`c`")
                .doesNotContain("**")
                .doesNotContain("\n::")
                .doesNotContain("<a ");
    }

    @Test
    void staysFarBelowWhatTheRunnerTakes() {
        JobSummary summary = new JobSummary("a");
        summary.row("x", "<".repeat(2_000_000));
        assertThat(summary.markdown().length()).isLessThan(10_000);
    }

    @Test
    void writesSizesForPeople() {
        assertThat(HumanSize.ofBytes(999)).isEqualTo("999 B");
        assertThat(HumanSize.ofBytes(1500)).isEqualTo("1.5 KB");
        assertThat(HumanSize.ofBytes(20_970_000)).isEqualTo("21 MB");
        assertThat(JobSummary.count(1, "turn")).isEqualTo("1 turn");
        assertThat(JobSummary.count(12345, "token")).isEqualTo("12,345 tokens");
    }
}
