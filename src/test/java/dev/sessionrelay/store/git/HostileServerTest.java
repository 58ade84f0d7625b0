package dev.sessionrelay.store.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that means harm: each answer ends soon, in words, and without what would steer a terminal. */
@Timeout(30)
class HostileServerTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String TIP = "1".repeat(40);
    private static final String BRANCH = "refs/heads/session-relay/pr-12";

    @TempDir
    private Path temporary;

    private SessionStore open(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SESSION_RELAY_TIMEOUT", "2");
        return new GitKind().open("owner/name", new StoreContext(all, temporary, Map.of()));
    }

    private Failure find(StandInHost.Answering answering) throws IOException {
        try (StandInHost host = new StandInHost(answering)) {
            return find(host.environment());
        }
    }

    private Failure find(Map<String, String> environment) {
        return requireWords(catchThrowableOfType(
                Failure.class, () -> open(environment).find(new Query.BySession(ID, Optional.of(new Key("pr-12"))))));
    }

    private static Failure requireWords(Failure failure) {
        assertThat(failure).isNotNull();
        assertThat(failure.describe()).doesNotContain("\u001b", "\u202e", "Exception", "Error");
        return failure;
    }

    private static byte[] packet(String line) {
        return ("%04x".formatted(line.getBytes(UTF_8).length + 4) + line).getBytes(UTF_8);
    }

    private static byte[] packet(int band, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("%04x".formatted(data.length + 5).getBytes(US_ASCII));
        out.write(band);
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** Lists one branch, and answers what is asked for it with this. */
    private static StandInHost.Answering listing(StandInHost.Answering fetch) {
        return exchange -> {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            if (new String(asked, ISO_8859_1).contains("command=ls-refs")) {
                say(exchange, packet(TIP + " " + BRANCH + "\n"), "0000".getBytes(US_ASCII));
            } else {
                fetch.answer(exchange);
            }
        };
    }

    private static void say(HttpExchange exchange, byte[]... parts) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte[] part : parts) {
                out.write(part);
            }
        }
    }

    private static StandInHost.Answering sending(byte[] pack) {
        return listing(exchange -> say(exchange, packet("packfile\n"), packet(1, pack), "0000".getBytes(US_ASCII)));
    }

    private static byte[] pack(long count, byte... objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PACK".getBytes(US_ASCII));
        out.writeBytes(new byte[] {0, 0, 0, 2});
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write((int) (count >>> shift));
        }
        out.writeBytes(objects);
        return out.toByteArray();
    }

    @Test
    void anErrorIsShownWithoutWhatWouldSteerATerminal() throws IOException {
        Failure failure = find(exchange -> say(exchange, packet("ERR \u001b]0;owned\u0007\u001b[2J\u202egnp.exe")));

        assertThat(failure).hasMessageContaining("owned");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void soIsWhatAServerSaysBesideItsAnswer(int band) throws IOException {
        byte[] said = "\u001b[31mred\u001b[0m \u202eback\n".getBytes(UTF_8);
        Failure failure = find(listing(exchange -> say(exchange, packet("packfile\n"), packet(band, said))));

        assertThat(failure.exitCode()).isIn(ExitCode.UNREACHABLE, ExitCode.DAMAGED);
    }

    @Test
    void soIsWhyAPushIsRefused() throws IOException {
        String dashes = "-".repeat(60_000);
        byte[] said = (dashes + "\n" + dashes + "\n\u001b[5mGH013 secret " + dashes).getBytes(UTF_8);
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        report.writeBytes(packet(2, Arrays.copyOf(said, 65_000)));
        report.writeBytes(packet(2, "GH013 secret\n".getBytes(UTF_8)));
        report.writeBytes(packet(1, packet("ng " + BRANCH + " GH013 \u001b[2Jsecret\n")));
        report.writeBytes("0000".getBytes(US_ASCII));
        try (StandInHost host =
                new StandInHost(StandInHost.answeringPushes(exchange -> say(exchange, report.toByteArray())))) {
            Failure failure = requireWords(catchThrowableOfType(
                    Failure.class,
                    () -> open(host.environment()).save(Bundles.of(ID).build(), Optional.empty())));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {600_000, Integer.MAX_VALUE, 0xFFFFFFFFL})
    void aPackThatAnnouncesMoreThanThereCanBeIsNotReadOn(long count) throws IOException {
        Failure failure = find(sending(pack(count)));

        assertThat(failure).hasMessageContaining("announces " + count + " objects");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
    }

    @Test
    void anObjectThatClaimsToBeHugeIsNotMadeRoomFor() throws IOException {
        // A commit of 8 GiB: type 1, and a size of which seven bits are in each byte.
        byte[] huge = {(byte) 0x90, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0xF0, 0x03, 0x78, 0x01};
        Failure failure = find(sending(pack(1, huge)));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
    }

    @Test
    void anObjectThatInflatesWithoutEndIsCutOff() throws IOException {
        Deflater deflater = new Deflater(9);
        deflater.setInput(new byte[80 << 20]);
        deflater.finish();
        byte[] deflated = new byte[1 << 20];
        int length = deflater.deflate(deflated);
        deflater.end();
        // A tree of 16 bytes, which goes on for 80 MiB.
        byte[] object = new byte[length + 2];
        object[0] = (byte) 0xA0;
        object[1] = 0x01;
        System.arraycopy(deflated, 0, object, 2, length);
        byte[] all = pack(1, object);
        Failure failure = find(listing(exchange -> say(
                exchange,
                packet("packfile\n"),
                packet(1, Arrays.copyOf(all, 40_000)),
                packet(1, Arrays.copyOfRange(all, 40_000, all.length)),
                "0000".getBytes(US_ASCII))));

        assertThat(failure.exitCode()).isIn(ExitCode.DAMAGED, ExitCode.UNREACHABLE);
    }

    @Test
    void aServerThatDripsIsLeft() throws IOException {
        long began = System.nanoTime();
        Failure failure = find(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody(), "0");
        });

        assertThat(failure).hasMessageContaining("did not answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void soIsOneWhoseHeadersDrip() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket caller = server.accept()) {
                    caller.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII));
                    drip(caller.getOutputStream(), "x");
                } catch (IOException gone) {
                    // It left.
                }
            });
            long began = System.nanoTime();

            Failure failure = find(
                    Map.of("GITHUB_SERVER_URL", "http://127.0.0.1:" + server.getLocalPort(), "GITHUB_TOKEN", "tok-1"));

            assertThat(failure).hasMessageContaining("did not answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
        }
    }

    /** Each letter is in time for the connection, and none of them can be read. */
    @Test
    void soIsOneWhoseChunksNeverBegin() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket caller = server.accept()) {
                    caller.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
                    drip(caller.getOutputStream(), "0");
                } catch (IOException gone) {
                    // It left.
                }
            });
            long began = System.nanoTime();

            Failure failure = find(
                    Map.of("GITHUB_SERVER_URL", "http://127.0.0.1:" + server.getLocalPort(), "GITHUB_TOKEN", "tok-1"));

            assertThat(failure).hasMessageContaining("did not answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private static void drip(OutputStream out, String drop) throws IOException {
        try {
            for (int i = 0; i < 600; i++) {
                out.write(drop.getBytes(US_ASCII));
                out.flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerThatDoesNotEndIsLeftWhenItHasAllThatWasAsked() throws IOException {
        try (StandInHost host = new StandInHost(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("0000".getBytes(US_ASCII));
            byte[] more = new byte[1 << 16];
            for (int i = 0; i < 1 << 20; i++) {
                out.write(more);
            }
        })) {
            assertThat(open(host.environment()).list().sessions()).isEmpty();
        }
    }

    @Test
    void branchesWithoutEndAreNotCollected() throws IOException {
        byte[] lines = packet(TIP + " " + BRANCH + "\n");
        Failure failure = find(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1 << 24; i++) {
                exchange.getResponseBody().write(lines);
            }
        });

        assertThat(failure).hasMessageContaining("more than");
    }
}
