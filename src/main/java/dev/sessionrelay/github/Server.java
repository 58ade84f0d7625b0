package dev.sessionrelay.github;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Which GitHub: github.com, or a company's own.
 *
 * @param api without a slash at its end
 * @param host where its repositories have their pages
 */
public record Server(URI api, String host) {
    private static final String PUBLIC = "github.com";

    /** The server that a runner names, else github.com. A checkout's remote does not choose it: it would get the token. */
    public static Server of(Map<String, String> environment) {
        String page = environment.getOrDefault("GITHUB_SERVER_URL", "");
        String api = environment.getOrDefault("GITHUB_API_URL", "");
        String host = page.isBlank() ? "" : require(page, "GITHUB_SERVER_URL").getHost();
        if (api.isBlank()) {
            return new Server(apiOf(host.isEmpty() ? PUBLIC : host), host.isEmpty() ? PUBLIC : host);
        }
        URI address = require(api.replaceFirst("/+$", ""), "GITHUB_API_URL");
        return new Server(address, host.isEmpty() ? address.getHost().replaceFirst("^api\\.", "") : host);
    }

    private static URI apiOf(String host) {
        boolean hosted = host.equals(PUBLIC) || host.endsWith(".ghe.com");
        return URI.create(hosted ? "https://api." + host : "https://" + host + "/api/v3");
    }

    private static URI require(String text, String variable) {
        try {
            URI uri = URI.create(text.strip());
            String host = uri.getHost() == null ? "" : uri.getHost();
            if (!host.isEmpty() && ("https".equals(uri.getScheme()) || isLoopback(uri.getScheme(), host))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw Failure.badInput(
                variable + " is \"" + Printable.of(text, 120) + "\", which is no https address",
                "set it to the server's, as https://api.github.com, or leave it out");
    }

    private static boolean isLoopback(String scheme, String host) {
        return "http".equals(scheme)
                && (host.equals("localhost") || host.startsWith("127.") || host.endsWith(".localhost"));
    }

    URI path(String path) {
        return URI.create(api + path);
    }

    /**
     * Whether the token may go to this address, which an answer named: the API itself, or this server's place for
     * uploads.
     */
    boolean mayGetToken(URI address) {
        String apiHost = api.getHost().toLowerCase(Locale.ROOT);
        String other = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        boolean sameScheme = api.getScheme().equals(address.getScheme());
        boolean uploads = apiHost.startsWith("api.") && other.equals("uploads." + apiHost.substring("api.".length()));
        return sameScheme && (other.equals(apiHost) || uploads);
    }
}
