package dev.sessionrelay.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets that the program was given, and where each may go. The tokens of GitHub go to the GitHub that the
 * program works with. {@code SESSION_RELAY_TOKEN} goes to the server that whoever started the program named as the
 * store's, else to GitHub as well. What only a ref or a checkout names gets none but its own server's.
 */
public final class Credentials {
    private static final List<String> OF_GITHUB = List.of("GITHUB_TOKEN", "GH_TOKEN");
    private static final String OWN = "SESSION_RELAY_TOKEN";

    private final Server github;
    private final Optional<Credential> ofGitHub;
    private final Optional<Credential> ofNamed;

    private Credentials(Server github, Optional<Credential> ofGitHub, Optional<Credential> ofNamed) {
        this.github = github;
        this.ofGitHub = ofGitHub;
        this.ofNamed = ofNamed;
    }

    /**
     * @param option a token that was given to the program as such
     * @param named the server that was named as the store's, where one was
     */
    public static Credentials of(Map<String, String> environment, Optional<String> option, Optional<WebOrigin> named) {
        Server github = Server.of(environment);
        Set<WebOrigin> own = github.origins();
        Optional<Credential> relay =
                named.filter(server -> !own.contains(server)).isPresent()
                        ? Optional.empty()
                        : variable(OWN, environment, own);
        Optional<Credential> ofGitHub = option.map(text -> Credential.ofToken(text, "the option token", own))
                .or(() -> relay)
                .or(() -> OF_GITHUB.stream()
                        .flatMap(name -> variable(name, environment, own).stream())
                        .findFirst());
        Optional<Credential> ofNamed = named.filter(server -> !own.contains(server))
                .flatMap(server -> variable(OWN, environment, Set.of(server)));
        return new Credentials(github, ofGitHub, ofNamed);
    }

    public static Credentials of(Map<String, String> environment) {
        return of(environment, Optional.empty(), Optional.empty());
    }

    private static Optional<Credential> variable(String name, Map<String, String> environment, Set<WebOrigin> server) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isBlank())
                .map(text -> Credential.ofToken(text, name, server));
    }

    /** The GitHub that the program works with. */
    public Server server() {
        return github;
    }

    public Optional<Credential> ofGitHub() {
        return ofGitHub;
    }

    /** The one to bring to this server; it goes to no other. */
    public Optional<Credential> of(WebOrigin server) {
        return github.origins().contains(server) ? ofGitHub : ofNamed;
    }

    @Override
    public String toString() {
        return "credentials for " + github.page();
    }
}
