package dev.sessionrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ShutdownGraceTest {
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private ShutdownGrace with(Duration grace) {
        return ShutdownGrace.of(exits::add, told::add, grace);
    }

    @Test
    void endsAtOnceWhenNothingIsUnderWay() {
        with(Duration.ofSeconds(7)).signalled(SIGINT);

        assertThat(exits).containsExactly(130);
        assertThat(told).isEmpty();
    }

    @Test
    void waitsForTheWorkUnderWayAndThePartsOfIt() throws InterruptedException {
        ShutdownGrace interruption = with(Duration.ofSeconds(7));
        ShutdownGrace.GraceWork work = interruption.begin();
        ShutdownGrace.GraceWork part = interruption.begin();
        Thread signal = Thread.ofPlatform().start(() -> interruption.signalled(SIGINT));
        part.close();
        signal.join(Duration.ofMillis(300));
        assertThat(exits).isEmpty();

        work.close();
        signal.join();

        assertThat(exits).as("for a process that does not find its own way out").containsExactly(130);
        assertThat(told).hasSize(1);
    }

    @Test
    void breaksOffWhatTakesTooLong() {
        ShutdownGrace interruption = with(Duration.ofMillis(20));
        interruption.begin();

        interruption.signalled(SIGTERM);

        assertThat(exits).containsExactly(143);
        assertThat(told).hasSize(2).last().asString().contains("did not finish");
    }

    @Test
    void breaksOffWhenAskedAgainThoughNotByAnEcho() throws InterruptedException {
        ShutdownGrace interruption = with(Duration.ofSeconds(7));
        interruption.begin();
        Thread first = Thread.ofPlatform().daemon().start(() -> interruption.signalled(SIGINT));
        Thread.sleep(150);
        interruption.signalled(SIGINT);
        assertThat(exits).isEmpty();

        Thread.sleep(400);
        interruption.signalled(SIGINT);

        assertThat(exits).containsExactly(130);
        first.interrupt();
    }

    @Test
    void letsNobodySpeakOfWhatWasBrokenOff() throws InterruptedException {
        ShutdownGrace interruption = with(Duration.ofMillis(20));
        ShutdownGrace.GraceWork work = interruption.begin();
        interruption.signalled(SIGINT);

        Thread worker = Thread.ofPlatform().daemon().start(work::close);

        assertThat(worker.join(Duration.ofMillis(200))).isFalse();
    }
}
