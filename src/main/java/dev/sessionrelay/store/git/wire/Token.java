package dev.sessionrelay.store.git.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A secret that opens a repository. It is shown nowhere. */
public record Token(String user, String secret) {
    private static final String USER_OF_TOKENS = "x-access-token";

    public static Token of(String secret) {
        return new Token(USER_OF_TOKENS, secret.strip());
    }

    String authorization() {
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "a token";
    }
}
