package dev.sessionrelay.github;

import dev.sessionrelay.failure.Failure;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxy that the environment asks for, as curl and git read it: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code
 * NO_PROXY}.
 */
public record Proxies(Map<String, String> environment) {
    static {
        // Without this, Java shows a proxy's login only to proxies that it does not need a tunnel through.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private static final int USUAL_PORT = 8080;
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    /** @param login what the proxy asks for, when its URL holds a name and a password */
    public record ChosenProxy(Proxy proxy, String shown, Optional<ProxyLogin> login) {
        static final ChosenProxy NONE = new ChosenProxy(Proxy.NO_PROXY, "", Optional.empty());

        public boolean isOne() {
            return !shown.isEmpty();
        }
    }

    public ChosenProxy forHost(URI target) {
        String host = target.getHost();
        if (host == null || isExcepted(host.toLowerCase(Locale.ROOT), target.getPort())) {
            return ChosenProxy.NONE;
        }
        // HTTP_PROXY in capitals can be set by whoever calls a CGI; git and curl read the small one only.
        Optional<String> named =
                "https".equals(target.getScheme()) ? variable("https_proxy", "HTTPS_PROXY") : variable("http_proxy");
        return named.or(() -> variable("all_proxy", "ALL_PROXY"))
                .map(Proxies::parse)
                .orElse(ChosenProxy.NONE);
    }

    private Optional<String> variable(String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static ChosenProxy parse(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            String host = uri.getHost();
            if (host == null || uri.getScheme().startsWith("socks")) {
                throw unusable();
            }
            int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
            Optional<ProxyLogin> login =
                    Optional.ofNullable(uri.getRawUserInfo()).map(ProxyLogin::of);
            return new ChosenProxy(
                    new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port)), host + ":" + port, login);
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    /** Does not show the value: it may hold a password. */
    private static Failure unusable() {
        return Failure.badInput(
                "the proxy that HTTPS_PROXY (or http_proxy, all_proxy) names cannot be used",
                "it has the form http://host:port; exceptions go into NO_PROXY");
    }

    private boolean isExcepted(String host, int port) {
        for (String entry : SEPARATOR.split(variable("no_proxy", "NO_PROXY").orElse(""), -1)) {
            String exception = entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
            int colon = exception.lastIndexOf(':');
            String name = colon > 0 ? exception.substring(0, colon) : exception;
            boolean samePort = colon <= 0 || exception.substring(colon + 1).equals(String.valueOf(port));
            if (entry.equals("*")
                    || (!name.isEmpty() && samePort && (host.equals(name) || host.endsWith("." + name)))) {
                return true;
            }
        }
        return false;
    }

    /** The environment may hold a token, and a proxy's address a password. */
    @Override
    public String toString() {
        return "the proxies of the environment";
    }
}
