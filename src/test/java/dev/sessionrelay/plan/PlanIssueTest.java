package dev.sessionrelay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanIssueTest {
    @ParameterizedTest
    @CsvSource({
        "4991, 4991,",
        "#4991, 4991,",
        "octocat/hello#12, 12, octocat/hello",
        "https://github.com/octocat/hello/issues/12, 12, https://github.com/octocat/hello",
        "https://github.com/octocat/hello/pull/7/files, 7, https://github.com/octocat/hello",
        "https://git.example.com/o/r/issues/3#issuecomment-1, 3, https://git.example.com/o/r",
    })
    void takesWhatPeoplePaste(String text, int number, String repository) {
        assertThat(PlanIssue.parse(text)).isEqualTo(new PlanIssue(number, Optional.ofNullable(repository)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0", "-1", "12x", "https://github.com/octocat/hello", "99999999999"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> PlanIssue.parse(text)).hasMessageStartingWith("Invalid issue identifier: ");
    }

    @Test
    void knowsThePlanOfABranch() {
        assertThat(PlanIssue.ofBranch("P4991-remote-sessions").map(PlanIssue::number))
                .contains(4991);
        assertThat(PlanIssue.ofBranch("12-fix").map(PlanIssue::number)).contains(12);
        assertThat(PlanIssue.ofBranch("main")).isEmpty();
        assertThat(PlanIssue.ofBranch("12")).isEmpty();
    }
}
