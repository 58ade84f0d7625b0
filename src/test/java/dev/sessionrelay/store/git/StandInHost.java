package dev.sessionrelay.store.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host that answers as it is told, for what a well-behaved one never says. */
final class StandInHost implements AutoCloseable {
    static final String TOKEN = "tok-5d0f6a91c3";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    StandInHost(Answering answering) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String query = exchange.getRequestURI().getQuery();
            seen.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()
                            + (query == null ? "" : "?" + query)
                            + (exchange.getRequestHeaders().containsKey("Authorization") ? " with a token" : ""));
            answering.answer(exchange);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> seen() {
        return List.copyOf(seen);
    }

    Map<String, String> environment() {
        return Map.of("GITHUB_SERVER_URL", "http://127.0.0.1:" + port(), "GITHUB_TOKEN", TOKEN);
    }

    static void say(HttpExchange exchange, int status, String text) throws IOException {
        say(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    static void say(HttpExchange exchange, int status, byte[] text) throws IOException {
        exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
        if (text.length > 0) {
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    /** A repository without branches that only its members see, and that answers pushes with this. */
    static Answering refusingPushes(String said, String report) {
        return exchange -> {
            String path = exchange.getRequestURI().toString();
            if (path.endsWith("git-upload-pack") && exchange.getRequestMethod().equals("POST")) {
                say(exchange, 200, "0000");
            } else if (path.endsWith("git-receive-pack")
                    && exchange.getRequestMethod().equals("POST")) {
                say(exchange, 200, push(said, report));
            } else {
                say(exchange, 401, "");
            }
        };
    }

    private static byte[] push(String said, String report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        said.lines().forEach(line -> packet(out, 2, (line + "\n").getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        for (String line : List.of("unpack ok\n", report + "\n")) {
            packet(inner, 0, line.getBytes(StandardCharsets.UTF_8));
        }
        inner.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        packet(out, 1, inner.toByteArray());
        out.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** @param band 0 for a line that is in no band */
    private static void packet(ByteArrayOutputStream out, int band, byte[] content) {
        int length = content.length + 4 + (band == 0 ? 0 : 1);
        out.writeBytes("%04x".formatted(length).getBytes(StandardCharsets.US_ASCII));
        if (band != 0) {
            out.write(band);
        }
        out.writeBytes(content);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
