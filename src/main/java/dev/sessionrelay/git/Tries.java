package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Backoff;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** How often one thing is tried with a server: as long as what went wrong may pass. */
final class Tries {
    private static final int MOST = 4;
    /** Where waiting was long already, or helps rarely. */
    private static final int FEW = 2;

    private final Backoff backoff = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(5), "the repository");
    private int made;

    /** Throws the failure, unless there is to be another try. */
    void failed(HttpRefusal refusal, Failure inWords) {
        count(refusal.isPassing() ? MOST : 1, inWords);
    }

    /** Throws the failure, unless there is to be another try. */
    void failed(ConnectionFailure broken, Failure inWords) {
        count(
                switch (broken.why()) {
                    case SSLException never -> 1;
                    case UnknownHostException rarely -> FEW;
                    case TooSlow never -> 1;
                    case SocketTimeoutException slow -> FEW;
                    default -> MOST;
                },
                inWords);
    }

    private void count(int most, Failure inWords) {
        made++;
        if (made >= most) {
            throw inWords;
        }
    }

    void pause() {
        backoff.pause();
    }
}
