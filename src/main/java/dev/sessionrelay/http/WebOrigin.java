package dev.sessionrelay.http;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server as browsers tell one from another: scheme, host and port. However an address is spelt, the same server has
 * the same origin.
 *
 * @param host in lower case and ASCII; an IPv6 address in brackets
 */
public record WebOrigin(String scheme, String host, int port) {
    private static final Pattern LOOKS_LIKE_NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern DOTTED = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** Empty for what is not the address of a web server, or has a user in it, which would hide where it leads. */
    public static Optional<WebOrigin> of(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http"))
                || address.getHost() == null
                || address.getRawUserInfo() != null) {
            return Optional.empty();
        }
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? HTTPS : HTTP;
        return hostOf(address.getHost()).map(host -> new WebOrigin(scheme, host, port));
    }

    public static Optional<WebOrigin> parse(String address) {
        try {
            return of(new URI(address));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The server of a repository that was named by its address; empty where that says none. */
    public static Optional<WebOrigin> ofRepository(String place) {
        String address = SshAddress.find(place).map(SshAddress::overHttps).orElse(place);
        return parse(address.replaceFirst("^(https?://)[^/@]*@", "$1"));
    }

    private static Optional<String> hostOf(String given) {
        String host = given.toLowerCase(Locale.ROOT);
        try {
            if (host.startsWith("[")) {
                return Optional.of(literal(host.substring(1, host.length() - 1)));
            }
            if (LOOKS_LIKE_NUMBERS.matcher(host).matches()) {
                // Some systems read 0177.0.0.1 as another address than others do.
                return Optional.of(host).filter(DOTTED.asMatchPredicate()).map(WebOrigin::literal);
            }
            // A name with a dot at its end is the same name, except for the one that is not looked up as names are.
            boolean isRooted = host.endsWith(".") && !host.equals("localhost.");
            String ascii = IDN.toASCII(isRooted ? host.substring(0, host.length() - 1) : host);
            return Optional.of(ascii.toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An address of IPv4 that is written as one of IPv6 is what it is. Nothing is looked up. */
    private static String literal(String address) {
        InetAddress read = InetAddress.ofLiteral(address);
        String text = read.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }

    /** Whether it is this machine, by its address, or by the one name that is no other's. */
    public boolean isLoopback() {
        return host.equals("localhost")
                || (isAddress() && InetAddress.ofLiteral(bare()).isLoopbackAddress());
    }

    private boolean isAddress() {
        return host.startsWith("[") || DOTTED.matcher(host).matches();
    }

    private String bare() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether what is sent there can be read on the way. */
    public boolean isInTheOpen() {
        return scheme.equals("http") && !isLoopback();
    }

    @Override
    public String toString() {
        boolean usual = port == (scheme.equals("https") ? HTTPS : HTTP);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
