package dev.sessionrelay.github;

import dev.sessionrelay.http.WebOrigin;
import java.io.IOException;
import java.net.URI;

/**
 * Follows redirects: repositories that were renamed answer with one, and every download does. What is sent stays with
 * the server that it was meant for, and nothing goes from TLS to plain text. The token is added below, where it is
 * known where a request goes.
 */
final class Redirects implements Transport {
    private static final int MOST = 5;

    private final Transport transport;

    Redirects(Transport transport) {
        this.transport = transport;
    }

    @Override
    public <T> T send(Call call, Taker<T> taker) throws IOException {
        return send(call, MOST, taker);
    }

    private <T> T send(Call call, int left, Taker<T> taker) throws IOException {
        return transport.send(call, answer -> {
            String location = answer.header("Location").orElse("");
            if (!isRedirect(answer.status()) || location.isEmpty() || left == 0) {
                return taker.take(answer);
            }
            answer.close();
            return send(next(call, answer.status(), location), left - 1, taker);
        });
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Call next(Call call, int status, String location) throws IOException {
        URI from = call.uri();
        URI to = resolve(from, location);
        boolean leavesTls = from.getScheme().equals("https") && !"https".equals(to.getScheme());
        boolean asGet = status == 303 || (status == 302 && call.method() == Call.Method.POST);
        boolean sends = call.method() != Call.Method.GET && !asGet;
        boolean isElsewhere = !WebOrigin.of(from).equals(WebOrigin.of(to));
        if (WebOrigin.of(to).isEmpty() || leavesTls || (sends && isElsewhere)) {
            throw new IOException(from.getHost() + " redirects to a place that is not followed");
        }
        return asGet ? call.to(to).as(Call.Method.GET).with(new Call.Body.None()) : call.to(to);
    }

    private static URI resolve(URI from, String location) throws IOException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(from.getHost() + " redirects to something that is no address", e);
        }
    }
}
