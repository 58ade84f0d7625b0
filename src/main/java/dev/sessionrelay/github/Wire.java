package dev.sessionrelay.github;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
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

/** The network. Redirects are left to {@link Redirects}, which knows where a token may go. */
final class Wire implements Transport, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A slower line than this is no line. */
    private static final long SLOWEST_BYTES_PER_SECOND = 50_000;

    private final HttpClient client;

    Wire(ProxySelector proxies) {
        client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .build();
    }

    @Override
    public Answer send(Call call) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(call.method().name(), publisher(call.body()))
                .timeout(patienceFor(call.body()));
        if (call.uri().getScheme().equals("http")) {
            // Else every first call would ask for an upgrade that servers without TLS do not know.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        call.headers().forEach(request::setHeader);
        typeOf(call.body(), request);
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            return new Answer(answer.statusCode(), answer.headers(), new StallGuard(answer.body(), ANSWER));
        } catch (ConnectException | UnknownHostException | HttpConnectTimeoutException e) {
            throw new NeverSent(e.getCause() instanceof UnresolvedAddressException ? unknown(call) : e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
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
    public void close() {
        // Else the process would wait for the client's own thread at its end.
        client.shutdownNow();
    }
}
