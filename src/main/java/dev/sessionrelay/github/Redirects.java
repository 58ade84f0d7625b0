package dev.sessionrelay.github;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;

/**
 * Follows redirects: repositories that were renamed answer with one, and every download does. The token stays with the
 * host that it was meant for, and nothing goes from TLS to plain text.
 */
final class Redirects implements Transport {
    private static final int MOST = 5;

    private final Transport transport;

    Redirects(Transport transport) {
        this.transport = transport;
    }

    @Override
    public Answer send(Call call) throws IOException {
        Call now = call;
        for (int followed = 0; ; followed++) {
            Answer answer = transport.send(now);
            String location = answer.header("Location").orElse("");
            if (!isRedirect(answer.status()) || location.isEmpty() || followed == MOST) {
                return answer;
            }
            answer.close();
            now = next(now, answer.status(), location);
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Call next(Call call, int status, String location) throws IOException {
        URI from = call.uri();
        URI to = resolve(from, location);
        boolean leavesTls = from.getScheme().equals("https") && !"https".equals(to.getScheme());
        if (to.getHost() == null || leavesTls || !to.getScheme().startsWith("http")) {
            throw new IOException(from.getHost() + " redirects to a place that is not followed");
        }
        Call next = isSamePlace(from, to) ? call.to(to) : call.to(to).without("Authorization");
        boolean asGet = status == 303 || (status == 302 && call.method() == Call.Method.POST);
        return asGet ? next.as(Call.Method.GET).with(new Call.Body.None()) : next;
    }

    private static URI resolve(URI from, String location) throws IOException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(from.getHost() + " redirects to something that is no address", e);
        }
    }

    static boolean isSamePlace(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && portOf(one) == portOf(other);
    }

    private static int portOf(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
