package dev.sessionrelay.github;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who we are to a proxy. */
public final class ProxyLogin {
    private final String name;
    private final String password;

    private ProxyLogin(String name, String password) {
        this.name = name;
        this.password = password;
    }

    /** @param userInfo as it stands in a URL */
    static ProxyLogin of(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new ProxyLogin(decoded(userInfo), "")
                : new ProxyLogin(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The value of {@code Proxy-Authorization}. */
    public String header() {
        byte[] login = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(login);
    }

    /** For the way to the proxy alone: what is asked behind it, and a second time, is not answered. */
    public Authenticator forTunnel() {
        return new Authenticator() {
            private boolean isAnswered;

            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                boolean isNew = getRequestorType() == RequestorType.PROXY && !isAnswered;
                isAnswered = true;
                return isNew ? new PasswordAuthentication(name, password.toCharArray()) : null;
            }
        };
    }
}
