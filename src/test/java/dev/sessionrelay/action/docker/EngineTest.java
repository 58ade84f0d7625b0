package dev.sessionrelay.action.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an engine that answers what the test wants, word for word. */
class EngineTest {
    private static final String PING = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK";

    @TempDir
    private Path folder;

    private ServerSocketChannel server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void anEngine() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
        answers.add(PING);
        Thread.ofPlatform().daemon().start(this::serve);
    }

    @AfterEach
    void noEngine() throws IOException {
        server.close();
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel connection = server.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(1 << 16);
                    connection.read(request);
                    asked.add(new String(request.array(), 0, request.position(), StandardCharsets.UTF_8));
                    connection.write(ByteBuffer.wrap(answers.removeFirst().getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private Engine engine() throws IOException {
        return Engine.at(folder.resolve("s"));
    }

    @Test
    void speaksTheVersionThatTheEngineSpeaks() throws IOException {
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"Id\":\"abc\"}");
        assertThat(engine().json("GET", "/x", null).path("Id").asText()).isEqualTo("abc");
        assertThat(asked.getFirst()).startsWith("GET /_ping HTTP/1.1\r\nHost: docker\r\n");
        assertThat(asked.getLast()).startsWith("GET /v1.41/x HTTP/1.1\r\n");
    }

    @Test
    void readsChunksAndAnswersThatOnlyAskToGoOn() throws IOException {
        String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        String chunks = "4\r\n[1,2\r\n3;ext=1\r\n,3]\r\n0\r\n\r\n";
        answers.add(goOn + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        assertThat(engine().json("GET", "/x", null)).hasSize(3);
    }

    @Test
    void putsTheEnginesOwnWordsIntoTheError() throws IOException {
        answers.add("HTTP/1.1 409 Conflict\r\nContent-Length: 24\r\n\r\n{\"message\":\"not so, sir\"}");
        Engine engine = engine();
        assertThatThrownBy(() -> engine.json("GET", "/x", null))
                .isInstanceOf(EngineError.class)
                .hasMessage("status 409");
        answers.add("HTTP/1.1 404 Not Found\r\nContent-Length: 25\r\n\r\n{\"message\":\"not so, sir\"}");
        assertThatThrownBy(() -> engine.json("GET", "/x", null))
                .hasMessage("not so, sir")
                .isInstanceOfSatisfying(
                        EngineError.class,
                        error -> assertThat(error.isMissing()).isTrue());
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() throws IOException {
        Engine engine = engine();
        for (String broken : List.of(
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{")) {
            answers.add(broken);
            assertThatThrownBy(() -> engine.json("GET", "/x", null)).as(broken).isInstanceOf(EOFException.class);
        }
        answers.add("SSH-2.0-OpenSSH\r\n\r\n");
        assertThatThrownBy(() -> engine.json("GET", "/x", null)).hasMessageContaining("does not speak HTTP");
    }

    @Test
    void neverEndsABodyThatCouldNotBeWritten() throws IOException {
        Engine engine = engine();
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThatThrownBy(() -> engine.send("PUT", "/x", out -> {
                    out.write("part".getBytes(StandardCharsets.US_ASCII));
                    throw new IOException("the disk is gone");
                }))
                .hasMessage("the disk is gone");
        assertThat(asked.getLast()).doesNotContain("\r\n0\r\n");
    }

    @Test
    void knowsItsOwnContainer() throws IOException {
        Path mounts = folder.resolve("mountinfo");
        Path name = Files.writeString(folder.resolve("hostname"), "4f6a\n");
        String id = "0123456789abcdef".repeat(4);
        Files.writeString(mounts, "1 2 0:1 /var/lib/docker/containers/" + id + "/hostname /etc/hostname rw\n");
        assertThat(OwnContainer.idIn(mounts, name)).isEqualTo(id);
        Files.writeString(mounts, "1 2 0:1 / / rw\n");
        assertThat(OwnContainer.idIn(mounts, name)).isEqualTo("4f6a");
        Files.writeString(name, "../../images\n");
        assertThatThrownBy(() -> OwnContainer.idIn(mounts, name)).hasMessageContaining("does not know its name");
    }
}
