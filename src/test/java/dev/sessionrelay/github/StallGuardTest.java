package dev.sessionrelay.github;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an answer of which the headers are there: the client's own time-out is over by then. */
class StallGuardTest {
    private static final Duration LONGEST = Duration.ofMillis(1500);
    private static final String HEADERS = "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @FunctionalInterface
    private interface Serving {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private InputStream bodyOf(Serving serving) throws IOException, InterruptedException {
        Thread.ofVirtual().start(() -> {
            try (Socket caller = server.accept()) {
                caller.getOutputStream().write(HEADERS.getBytes(US_ASCII));
                serving.write(caller.getOutputStream());
            } catch (IOException | InterruptedException gone) {
                // It left.
            }
        });
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        return new StallGuard(
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                LONGEST);
    }

    private static void drip(OutputStream out, String drop, long pause) throws IOException, InterruptedException {
        for (int i = 0; i < 1000; i++) {
            out.write(drop.getBytes(US_ASCII));
            out.flush();
            Thread.sleep(pause);
        }
    }

    private void requireLeft(Serving serving) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (InputStream body = bodyOf(serving)) {
                assertThatThrownBy(body::readAllBytes).isInstanceOf(HttpTimeoutException.class);
            }
        });
    }

    @Test
    void leavesAServerThatSendsAByteNowAndThen() {
        requireLeft(out -> drip(out, "1\r\nx\r\n", 50));
    }

    @Test
    void leavesAServerWhoseChunksNeverBegin() {
        requireLeft(out -> drip(out, "0", 50));
    }

    @Test
    void leavesAServerThatFallsSilent() {
        requireLeft(out -> {
            out.write("4\r\nmore\r\n".getBytes(US_ASCII));
            out.flush();
            Thread.sleep(60_000);
        });
    }

    @Test
    void waitsForAServerThatIsSlowAndGoesOn() throws Exception {
        String chunk = "800\r\n" + "x".repeat(2048) + "\r\n";
        try (InputStream body = bodyOf(out -> {
            for (int i = 0; i < 20; i++) {
                out.write(chunk.getBytes(US_ASCII));
                out.flush();
                Thread.sleep(150);
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        })) {
            assertThat(body.readAllBytes()).hasSize(20 * 2048);
        }
    }
}
