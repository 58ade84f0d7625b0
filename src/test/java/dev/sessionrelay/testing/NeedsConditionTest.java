package dev.sessionrelay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

class NeedsConditionTest {
    @Test
    void runsATestWhoseToolsAreHere() {
        assertThat(judge(EnumSet.of(Tool.GIT), false).isDisabled()).isFalse();
        assertThat(judge(EnumSet.of(Tool.GIT), true).isDisabled()).isFalse();
    }

    @Test
    void runsATestThatNeedsNothing() {
        assertThat(judge(EnumSet.noneOf(Tool.class), true).isDisabled()).isFalse();
    }

    @Test
    void skipsATestWhoseToolIsMissingAndSaysWhoPreparesIt() {
        ConditionEvaluationResult result = judge(EnumSet.of(Tool.GIT, Tool.AGE), false);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("needs age: gone. ./verify prepares it");
    }

    @Test
    void namesEveryMissingTool() {
        assertThat(judge(EnumSet.of(Tool.DOCKER, Tool.AGE), false).getReason())
                .contains("needs docker: gone; needs age: gone. ./verify prepares it");
    }

    @Test
    void failsWhenStrictInsteadOfSkipping() {
        assertThatThrownBy(() -> judge(EnumSet.of(Tool.AGE), true))
                .hasMessageContaining("needs age: gone")
                .hasMessageContaining("nothing may be skipped");
    }

    @Test
    void readsTheAnnotationOfClassesAndMethods() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(WithNeeds.class))
                .execute()
                .testEvents()
                .assertStatistics(
                        stats -> stats.succeeded(1 + (Tool.GIT.missing().isEmpty() ? 1 : 0)));
    }

    @Test
    void ordersVersionsAsNumbers() {
        assertThat(Tool.compareVersions("2.1.99", "2.1.197")).isNegative();
    }

    private static ConditionEvaluationResult judge(Set<Tool> needed, boolean strict) {
        return NeedsCondition.judge(needed, NeedsConditionTest::onlyGit, strict);
    }

    private static Optional<String> onlyGit(Tool tool) {
        return tool == Tool.GIT ? Optional.empty() : Optional.of("gone");
    }

    /** Not found by the build, which looks for top-level classes only; run by the test above. */
    static class WithNeeds {
        @Test
        void needsNothing() {}

        @Test
        @Needs(Tool.GIT)
        void needsGit() {}
    }
}
