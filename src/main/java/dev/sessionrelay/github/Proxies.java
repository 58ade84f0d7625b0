package dev.sessionrelay.github;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name: Java itself does not look there. */
public final class Proxies extends ProxySelector {
    private final Optional<InetSocketAddress> https;
    private final Optional<InetSocketAddress> http;
    private final List<String> direct;

    private Proxies(Optional<InetSocketAddress> https, Optional<InetSocketAddress> http, List<String> direct) {
        this.https = https;
        this.http = http;
        this.direct = direct;
    }

    public static Proxies of(Map<String, String> environment) {
        return new Proxies(
                address(variable(environment, "HTTPS_PROXY")),
                address(variable(environment, "HTTP_PROXY")),
                Arrays.stream(variable(environment, "NO_PROXY")
                                .toLowerCase(Locale.ROOT)
                                .split("[,\\s]+"))
                        .map(name -> name.replaceFirst("^\\*?\\.", ""))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private static String variable(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
    }

    private static Optional<InetSocketAddress> address(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text.contains("://") ? text.strip() : "http://" + text.strip());
            return Optional.ofNullable(uri.getHost())
                    .map(host -> new InetSocketAddress(host, uri.getPort() > 0 ? uri.getPort() : 3128));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        boolean local = host.equals("localhost") || host.startsWith("127.");
        boolean excepted =
                direct.stream().anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
        Optional<InetSocketAddress> proxy = "https".equals(uri.getScheme()) ? https : http;
        return local || excepted
                ? List.of(Proxy.NO_PROXY)
                : List.of(proxy.map(address -> new Proxy(Proxy.Type.HTTP, address))
                        .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // The call itself says it.
    }
}
