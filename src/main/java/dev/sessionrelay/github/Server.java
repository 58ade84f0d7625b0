package dev.sessionrelay.github;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which GitHub: github.com, or a company's own.
 *
 * @param api without a slash at its end
 * @param page where its repositories have their pages, without a slash at its end
 */
public record Server(URI api, URI page) {
    private static final String PUBLIC = "github.com";

    /** The server that a runner names, else github.com. A checkout's remote does not choose it: it would get the token. */
    public static Server of(Map<String, String> environment) {
        Optional<URI> page = address("GITHUB_SERVER_URL", environment);
        Optional<URI> api = address("GITHUB_API_URL", environment);
        String host = page.or(() -> api).map(URI::getHost).orElse(PUBLIC).replaceFirst("^api\\.", "");
        return new Server(api.orElseGet(() -> apiOf(host)), page.orElseGet(() -> URI.create("https://" + host)));
    }

    public String host() {
        return page.getHost();
    }

    private static Optional<URI> address(String variable, Map<String, String> environment) {
        String text = environment.getOrDefault(variable, "").replaceFirst("/+$", "");
        return text.isBlank() ? Optional.empty() : Optional.of(require(text, variable));
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
