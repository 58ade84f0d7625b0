package dev.sessionrelay.github;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what failed on the way: connections refused and reset, and answers of 5xx. The pauses grow and vary, so
 * that many jobs at once do not come back at once.
 */
final class Retrying implements Transport {
    private final Transport transport;
    private final Pauses pauses;

    Retrying(Transport transport, Pauses pauses) {
        this.transport = transport;
        this.pauses = pauses;
    }

    @Override
    public Answer send(Call call) throws IOException {
        Duration pause = pauses.first();
        for (int tried = 1; ; tried++) {
            boolean last = tried >= pauses.tries();
            try {
                Answer answer = transport.send(call);
                if (answer.status() < 500 || answer.status() == 501 || (last && call.mayBeRepeated())) {
                    return answer;
                }
                answer.close();
                if (!call.mayBeRepeated()) {
                    throw new LostAnswer("the answer was " + answer.status());
                }
            } catch (NeverSent e) {
                if (last) {
                    throw e;
                }
            } catch (LostAnswer | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (!call.mayBeRepeated()) {
                    throw new LostAnswer(Reason.of(e), e);
                }
                if (last) {
                    throw e;
                }
            }
            long millis = pause.toMillis();
            Pauses.sleep(
                    Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1)));
            pause = pause.multipliedBy(2);
        }
    }
}
