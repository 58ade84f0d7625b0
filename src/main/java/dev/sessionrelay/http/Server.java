package dev.sessionrelay.http;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which GitHub: github.com, or a company's own.
 *
 * @param api without a slash at its end
 * @param page where its repositories have their pages, without a slash at its end
 */
public record Server(URI api, URI page) {
    private static final String PUBLIC = "github.com";

    /**
     * The server that a runner names, else the one that `gh` is set to, else github.com. A checkout's remote does not
     * choose it: it would get the token.
     */
    public static Server of(Map<String, String> environment) {
        Optional<URI> page = address("GITHUB_SERVER_URL", environment);
        Optional<URI> api = address("GITHUB_API_URL", environment);
        Optional<URI> set = page.isPresent() || api.isPresent() ? Optional.empty() : ofGh(environment);
        String host = page.or(() -> api)
                .or(() -> set)
                .map(URI::getHost)
                .orElse(PUBLIC)
                .replaceFirst("^api\\.", "");
        return new Server(api.orElseGet(() -> apiOf(host)), page.orElseGet(() -> URI.create("https://" + host)));
    }

    public String host() {
        return page.getHost();
    }

    private static Optional<URI> address(String variable, Map<String, String> environment) {
        String text = environment.getOrDefault(variable, "").replaceFirst("/+$", "");
        return text.isBlank() ? Optional.empty() : Optional.of(require(text, variable));
    }

    /** {@code gh} takes a host's name alone. */
    private static Optional<URI> ofGh(Map<String, String> environment) {
        String host = environment.getOrDefault("GH_HOST", "").strip();
        return host.isEmpty() ? Optional.empty() : Optional.of(require("https://" + host, "GH_HOST"));
    }

    private static URI apiOf(String host) {
        boolean hosted = host.equals(PUBLIC) || host.endsWith(".ghe.com");
        return URI.create(hosted ? "https://api." + host : "https://" + host + "/api/v3");
    }

    private static URI require(String text, String variable) {
        return WebOrigin.parse(text.strip())
                .filter(origin -> !origin.isInTheOpen())
                .map(origin -> URI.create(text.strip()))
                .orElseThrow(() -> Failure.badInput(
                        variable + " is \"" + SafeText.of(text, 120) + "\", which is not an https address",
                        "set it to the server's, as https://api.github.com, or leave it out"));
    }

    public URI path(String path) {
        return URI.create(api + path);
    }

    /**
     * What is this server, and so gets its token: its pages, which are git's as well, its API, and its place for
     * uploads.
     */
    public Set<WebOrigin> origins() {
        WebOrigin ofApi = WebOrigin.of(api).orElseThrow();
        Set<WebOrigin> all = new HashSet<>();
        all.add(WebOrigin.of(page).orElseThrow());
        all.add(ofApi);
        if (ofApi.host().startsWith("api.")) {
            String uploads = "uploads." + ofApi.host().substring("api.".length());
            all.add(new WebOrigin(ofApi.scheme(), uploads, ofApi.port()));
        }
        return all;
    }

    public boolean owns(URI address) {
        return WebOrigin.of(address).filter(origins()::contains).isPresent();
    }
}
