package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    private final Interruption interruption = new Interruption();

    @Test
    void endsAtOnceWhenNothingIsUnderWay() {
        assertThat(interruption.awaitWork(Duration.ofSeconds(7))).isTrue();
    }

    @Test
    void waitsForTheWorkUnderWay() {
        Interruption.Work work = interruption.begin();
        Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            work.close();
        });
        assertThat(interruption.awaitWork(Duration.ofSeconds(7))).isTrue();
    }

    @Test
    void doesNotWaitForever() {
        interruption.begin();
        assertThat(interruption.awaitWork(Duration.ofMillis(20))).isFalse();
    }
}
