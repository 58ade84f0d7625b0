package dev.sessionrelay.protect.redact.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Code, configuration and prose that speak of secrets and hold none. */
class OrdinaryTextTest {
    private static final int CHANGED_AT_MOST = 60;

    @Test
    void leavesWhatIsNoSecret() {
        assertThat(Ordinary.all()).hasSizeGreaterThan(300);
        assertThat(Ordinary.changed("")).hasSizeLessThanOrEqualTo(CHANGED_AT_MOST);
    }
}
