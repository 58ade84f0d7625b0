package dev.sessionrelay.github;

import dev.sessionrelay.http.Credential;
import dev.sessionrelay.process.ShutdownSteps;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The network. Redirects are left to {@link Redirects}, which knows where a token may go. */
final class HttpTransport implements Transport, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A slower line than this is no line. */
    private static final long SLOWEST_BYTES_PER_SECOND = 50_000;

    private static final Duration CLOSING = Duration.ofMillis(50);

    static {
        // Its usual 16 KB make an upload of 20 MB take three times as long.
        System.setProperty("jdk.httpclient.bufsize", String.valueOf(1 << 18));
        // Else it sends a call again by itself when the connection is lost, whatever Retrying counts.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    }

    private final Proxies proxies;
    private final Optional<Credential> token;
    private final AtomicInteger underWay = new AtomicInteger();
    private @Nullable HttpClient opened;

    HttpTransport(Proxies proxies, Optional<Credential> token) {
        this.proxies = proxies;
        this.token = token;
        closeAtEnd(new WeakReference<>(this));
    }

    /** A process that ends waits 0.3 s for a thread that waits for the network, and each client has one. */
    private static void closeAtEnd(WeakReference<HttpTransport> wire) {
        ShutdownSteps.with(() -> closeIfIdle(wire.get()));
    }

    private static void closeIfIdle(@Nullable HttpTransport wire) {
        if (wire != null && wire.underWay.get() == 0) {
            wire.close();
        }
    }

    private synchronized HttpClient client() {
        if (opened == null) {
            opened = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(selector())
                    .build();
        }
        return opened;
    }

    private ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxies.forHost(uri).proxy());
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // The call itself says it.
            }
        };
    }

    @Override
    public <T> T send(Call call, Taker<T> taker) throws IOException {
        try (RawResponse answer = open(call)) {
            return taker.take(answer);
        }
    }

    private RawResponse open(Call call) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(call.method().name(), publisher(call.body()))
                .timeout(patienceFor(call.body()));
        if (call.uri().getScheme().equals("http")) {
            // Else every first call would ask for an upgrade that servers without TLS do not know.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        call.headers().forEach(request::setHeader);
        // Here and nowhere above, so that a call that is sent on to another place does not carry it there.
        token.flatMap(secret -> secret.bearerFor(call.uri()))
                .ifPresent(header -> request.setHeader("Authorization", header));
        proxies.forHost(call.uri())
                .login()
                .ifPresent(login -> request.setHeader("Proxy-Authorization", login.header()));
        typeOf(call.body(), request);
        underWay.incrementAndGet();
        try {
            HttpResponse<InputStream> answer = client().send(request.build(), BodyHandlers.ofInputStream());
            return new RawResponse(answer.statusCode(), answer.headers(), new StallGuard(answer.body(), ANSWER));
        } catch (IOException e) {
            throw kindOf(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static IOException kindOf(Call call, IOException thrown) {
        IOException e = beforeGivingUp(thrown);
        return switch (e) {
            case ConnectException _
            when e.getCause() instanceof UnresolvedAddressException -> new NeverSent(unknown(call));
            case ConnectException _ -> new NeverSent(e);
            case UnknownHostException _ -> new NeverSent(e);
            case HttpConnectTimeoutException _ -> new NeverSent(e);
            default -> e;
        };
    }

    /** What made the client want to try again, which it must not. */
    private static IOException beforeGivingUp(IOException thrown) {
        IOException e = thrown;
        while ("Too many retries".equals(e.getMessage()) && e.getCause() instanceof IOException cause) {
            e = cause;
        }
        return e;
    }

    private static IOException unknown(Call call) {
        return new UnknownHostException("no such host: " + call.uri().getHost());
    }

    private static BodyPublisher publisher(Call.Body body) throws FileNotFoundException {
        return switch (body) {
            case Call.Body.None _ -> BodyPublishers.noBody();
            case Call.Body.OfText text -> BodyPublishers.ofString(text.text());
            case Call.Body.OfFile file -> BodyPublishers.ofFile(file.file());
        };
    }

    private static void typeOf(Call.Body body, HttpRequest.Builder request) {
        switch (body) {
            case Call.Body.None _ -> {}
            case Call.Body.OfText text -> request.setHeader("Content-Type", text.type());
            case Call.Body.OfFile file -> request.setHeader("Content-Type", file.type());
        }
    }

    private static Duration patienceFor(Call.Body body) {
        return body instanceof Call.Body.OfFile file
                ? ANSWER.plusSeconds(file.size() / SLOWEST_BYTES_PER_SECOND)
                : ANSWER;
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.shutdownNow();
            try {
                opened.awaitTermination(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            opened = null;
        }
    }
}
