package dev.sessionrelay.github;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves who we are. Its text is shown nowhere.
 *
 * @param from where it was found, for messages: "GH_TOKEN"
 */
public record Token(String secret, String from) {
    private static final List<String> VARIABLES = List.of("SESSION_RELAY_TOKEN", "GITHUB_TOKEN", "GH_TOKEN");

    /** The kinds that GitHub's messages and permissions differ for. */
    enum Kind {
        /** Of a workflow's job, or of an app. */
        INSTALLATION,
        FINE_GRAINED,
        /** Personal, with scopes; also what `gh auth login` gets. */
        CLASSIC
    }

    public Token {
        secret = secret.strip();
    }

    public static Optional<Token> find(Optional<String> option, Map<String, String> environment) {
        if (option.isPresent()) {
            return option.map(text -> new Token(text, "the option token"));
        }
        return VARIABLES.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> new Token(environment.getOrDefault(name, ""), name));
    }

    Kind kind() {
        if (secret.startsWith("ghs_")) {
            return Kind.INSTALLATION;
        }
        return secret.startsWith("github_pat_") ? Kind.FINE_GRAINED : Kind.CLASSIC;
    }

    @Override
    public String toString() {
        return "the token from " + from;
    }
}
