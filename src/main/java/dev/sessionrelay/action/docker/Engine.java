package dev.sessionrelay.action.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.json.JsonTree;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Docker engine behind a Unix socket, one connection a request. */
public final class Engine {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 1 << 16;

    private final Path socket;
    private final String version;

    private Engine(Path socket, String version) {
        this.socket = socket;
        this.version = version;
    }

    /** Knocks, and learns which version of its interface the engine speaks. */
    public static Engine at(Path socket) throws IOException {
        try (EngineAnswer answer = new Engine(socket, "").ask("GET", "/_ping", null, null)) {
            String spoken = answer.header("Api-Version");
            return new Engine(socket, spoken.isEmpty() ? "" : "/v" + spoken);
        }
    }

    /** A body that is written while it is sent. */
    @FunctionalInterface
    interface EngineBody {
        void writeTo(OutputStream out) throws IOException;
    }

    JsonNode json(String method, String path, @Nullable JsonNode given) throws IOException {
        byte[] text = given == null ? null : JsonTree.text(given).getBytes(StandardCharsets.UTF_8);
        try (EngineAnswer answer =
                ask(method, path, "application/json", text == null ? null : out -> out.write(text))) {
            return JsonTree.USUAL.read(answer.body());
        }
    }

    void send(String method, String path, @Nullable EngineBody tar) throws IOException {
        ask(method, path, "application/x-tar", tar).close();
    }

    EngineAnswer open(String path) throws IOException {
        return ask("GET", path, null, null);
    }

    private EngineAnswer ask(String method, String path, @Nullable String type, @Nullable EngineBody body)
            throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Thread watch = Thread.ofPlatform().daemon().start(() -> closeLater(channel));
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            StringBuilder head = new StringBuilder(method + " " + version + path + " HTTP/1.1\r\n"
                    + "Host: docker\r\nConnection: close\r\nUser-Agent: session-relay\r\n");
            if (body != null) {
                head.append("Content-Type: ").append(type).append("\r\nTransfer-Encoding: chunked\r\n");
            }
            OutputStream out = Channels.newOutputStream(channel);
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            IOException broken = body == null ? null : sendBody(body, out);
            return answer(channel, broken);
        } catch (AsynchronousCloseException e) {
            throw new IOException("the engine did not answer within " + PATIENCE.toMinutes() + " minutes", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    /**
     * An engine that refuses may do so before it has taken the whole body: then its answer says more than the broken
     * pipe. The body is only ended when all of it was written, so that the engine never takes a part for the whole.
     */
    private static @Nullable IOException sendBody(EngineBody body, OutputStream out) {
        try {
            OutputStream chunks = new BufferedOutputStream(new ChunkedOutput(out), AT_ONCE);
            body.writeTo(chunks);
            chunks.flush();
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static EngineAnswer answer(SocketChannel channel, @Nullable IOException broken) throws IOException {
        EngineAnswer answer;
        try {
            answer = EngineAnswer.read(new BufferedInputStream(Channels.newInputStream(channel), AT_ONCE), channel);
        } catch (IOException e) {
            throw broken == null ? e : broken;
        }
        if (answer.status() < 300 && broken == null) {
            return answer;
        }
        try (answer) {
            if (answer.status() < 300) {
                throw broken;
            }
            throw new EngineError(answer.status(), messageIn(answer.text(), answer.status()));
        }
    }

    private static String messageIn(String body, int status) {
        try {
            String message = JsonTree.USUAL.read(body).path("message").asText();
            return message.isBlank() ? "status " + status : message;
        } catch (IOException e) {
            return "status " + status;
        }
    }

    private static void closeLater(SocketChannel channel) {
        try {
            Thread.sleep(PATIENCE);
            channel.close();
        } catch (InterruptedException | IOException answered) {
            // Nothing is left to watch.
        }
    }

    private static final class ChunkedOutput extends OutputStream {
        private final OutputStream out;

        ChunkedOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > 0) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, from, count);
                out.write('\r');
                out.write('\n');
            }
        }
    }
}
