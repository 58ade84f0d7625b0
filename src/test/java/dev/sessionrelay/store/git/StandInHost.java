package dev.sessionrelay.store.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

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
        this(HttpServer.create(), answering);
    }

    /** Behind TLS, with a certificate that nobody vouches for. */
    static StandInHost withItsOwnCertificate(Path folder, Answering answering) throws IOException {
        try {
            HttpsServer secure = HttpsServer.create();
            secure.setHttpsConfigurator(new HttpsConfigurator(ownCertificate(folder.resolve("keys.p12"))));
            return new StandInHost(secure, answering);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static SSLContext ownCertificate(Path store)
            throws IOException, GeneralSecurityException, InterruptedException {
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret",
                "-alias",
                "host",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-keyalg",
                "EC");
        if (new ProcessBuilder(keytool).inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "secret".toCharArray()), "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private StandInHost(HttpServer server, Answering answering) throws IOException {
        this.server = server;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
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
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
        if (text.length > 0) {
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    /** A repository without branches that only its members see, and that answers pushes with this. */
    static Answering refusingPushes(String said, String report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        said.lines().forEach(line -> packet(out, 2, (line + "\n").getBytes(StandardCharsets.UTF_8)));
        packet(out, 1, plainly(report));
        out.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        return answeringPushes(exchange -> say(exchange, 200, out.toByteArray()));
    }

    static Answering answeringPushes(Answering push) {
        return exchange -> {
            boolean asked = exchange.getRequestMethod().equals("POST");
            String path = exchange.getRequestURI().getPath();
            if (asked && path.endsWith("git-upload-pack")) {
                say(exchange, 200, "0000");
            } else if (asked && path.endsWith("git-receive-pack")) {
                push.answer(exchange);
            } else {
                say(exchange, exchange.getRequestHeaders().containsKey("Authorization") ? 200 : 401, "");
            }
        };
    }

    /** What became of a push, as a server says it that knows no bands. */
    static byte[] plainly(String report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : List.of("unpack ok\n", report + "\n")) {
            packet(out, 0, line.getBytes(StandardCharsets.UTF_8));
        }
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
