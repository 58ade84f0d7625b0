package dev.sessionrelay.http;

import dev.sessionrelay.failure.Failure;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A secret and the one server that it is for, which may have several origins. It can be had only as the header of a
 * request to that server, and is shown nowhere.
 */
public final class Credential {
    private static final String USER_OF_TOKENS = "x-access-token";

    private final String user;
    private final String secret;
    private final String from;
    private final Set<WebOrigin> server;

    private Credential(String user, String secret, String from, Set<WebOrigin> server) {
        this.user = user;
        this.secret = secret.strip();
        this.from = from;
        this.server = Set.copyOf(server);
        boolean isPlain = (user + this.secret).chars().noneMatch(Character::isISOControl);
        if (!isPlain) {
            // A header would end there, and the error about it would show the rest.
            throw Failure.badInput(
                    this + " has a line break or another control character in it",
                    "give the token alone, as it was issued");
        }
    }

    /** @param from where it was found, for messages: "GH_TOKEN" */
    public static Credential ofToken(String token, String from, Set<WebOrigin> server) {
        return new Credential(USER_OF_TOKENS, token, from, server);
    }

    /** What stands before the {@code @} of an address. */
    public static Credential ofUserInfo(String rawUserInfo, WebOrigin server) {
        String decoded = decoded(rawUserInfo);
        int colon = decoded.indexOf(':');
        String user = colon < 0 ? decoded : decoded.substring(0, colon);
        String secret = colon < 0 ? "" : decoded.substring(colon + 1);
        boolean isToken = secret.isEmpty() || secret.equals("x-oauth-basic");
        return new Credential(isToken ? USER_OF_TOKENS : user, isToken ? user : secret, "the URL", Set.of(server));
    }

    private static String decoded(String rawUserInfo) {
        return URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether this address belongs to the server that the secret is for. */
    public boolean isFor(URI target) {
        return WebOrigin.of(target)
                .filter(server::contains)
                .filter(origin -> !origin.isInTheOpen())
                .isPresent();
    }

    /** The value of {@code Authorization}, as git's servers take it; empty for a request to anywhere else. */
    public Optional<String> basicFor(URI target) {
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return isFor(target) ? Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)) : Optional.empty();
    }

    /** The value of {@code Authorization}, as GitHub's API takes it; empty for a request to anywhere else. */
    public Optional<String> bearerFor(URI target) {
        return isFor(target) ? Optional.of("Bearer " + secret) : Optional.empty();
    }

    /** The beginnings of tokens say what kind they are, and are no secret. */
    public boolean beginsWith(String prefix) {
        return secret.startsWith(prefix);
    }

    @Override
    public String toString() {
        return "the token from " + from;
    }
}
