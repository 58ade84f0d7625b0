package dev.sessionrelay.store.git.wire;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.store.Surroundings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a repository is, and what opens it.
 *
 * @param shown how refs and people name it: {@code owner/name} on github.com, else its URL or path; never with a secret
 * @param repositoryName the last part of it
 */
public record Address(String shown, String repositoryName, Optional<URI> url, Path folder, Optional<Token> token) {
    public static final String GITHUB = "https://github.com";

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+");
    private static final Pattern SSH =
            Pattern.compile("(?:ssh://)?(?:[^@/]+@)([^:/]+)(?::[0-9]+/|:/?|/)(.+?)(?:\\.git)?/?");
    private static final List<String> GITHUB_TOKENS = List.of("GITHUB_TOKEN", "GH_TOKEN");

    /** @param place {@code owner/name}, a URL, or a path */
    public static Address parse(String place, Surroundings surroundings) {
        String server =
                surroundings.variable("GITHUB_SERVER_URL").orElse(GITHUB).replaceFirst("/+$", "");
        Matcher ssh = SSH.matcher(place);
        if (SLUG.matcher(place).matches()) {
            return ofWeb(server + "/" + place + ".git", server, surroundings);
        }
        if (place.startsWith("https://") || place.startsWith("http://")) {
            return ofWeb(place, server, surroundings);
        }
        if (place.startsWith("file://")) {
            return ofFolder(
                    URLDecoder.decode(place.substring("file://".length()), StandardCharsets.UTF_8), surroundings);
        }
        if (!place.startsWith("/") && !place.startsWith(".") && ssh.matches()) {
            // What can be reached by ssh can, on every known host, be reached by HTTPS under the same name.
            return ofWeb("https://" + ssh.group(1) + "/" + ssh.group(2) + ".git", server, surroundings);
        }
        if (place.contains("://")) {
            throw noPlace(place, "only https, http and file can be used");
        }
        return ofFolder(place, surroundings);
    }

    private static Address ofFolder(String path, Surroundings surroundings) {
        Path folder;
        try {
            folder = surroundings.workingFolder().resolve(path).toAbsolutePath().normalize();
        } catch (IllegalArgumentException e) {
            throw noPlace(path, "it is no path");
        }
        return new Address(folder.toString(), lastPart(folder.toString()), Optional.empty(), folder, Optional.empty());
    }

    private static Address ofWeb(String text, String server, Surroundings surroundings) {
        URI given;
        try {
            given = new URI(text.replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            // The text may hold a token: it is not shown.
            throw noPlace("the URL", "it is not well formed");
        }
        if (given.getHost() == null || given.getRawPath().isEmpty()) {
            throw noPlace("the URL", "it names no host, or no repository");
        }
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        URI url = URI.create(
                given.getScheme().toLowerCase(Locale.ROOT) + "://" + given.getHost() + port + given.getRawPath());
        Optional<Token> token = Optional.ofNullable(given.getRawUserInfo())
                .map(Address::inUrl)
                .or(() -> fromSurroundings(url, server, surroundings));
        if (token.isPresent() && url.getScheme().equals("http") && !isThisMachine(url.getHost())) {
            throw Failure.notAllowed(
                    "a token would go to " + url.getHost() + " in the open: its address begins with http://",
                    "use https://");
        }
        String slug = url.getRawPath().substring(1).replaceFirst("\\.git$", "");
        boolean onGitHub =
                url.toString().startsWith(GITHUB + "/") && SLUG.matcher(slug).matches();
        URI repository = onGitHub ? URI.create(GITHUB + "/" + slug + ".git") : url;
        return new Address(
                onGitHub ? slug : url.toString(), lastPart(slug), Optional.of(repository), Path.of("."), token);
    }

    private static Token inUrl(String userInfo) {
        String decoded = URLDecoder.decode(userInfo, StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            return Token.of(decoded);
        }
        String user = decoded.substring(0, colon);
        String secret = decoded.substring(colon + 1);
        return secret.isEmpty() || secret.equals("x-oauth-basic") ? Token.of(user) : new Token(user, secret);
    }

    /** A token that was given for this goes where it is sent; the one of GitHub goes to GitHub alone. */
    private static Optional<Token> fromSurroundings(URI url, String server, Surroundings surroundings) {
        boolean isGitHub = url.toString().startsWith(server + "/");
        List<String> ofGitHub = GITHUB_TOKENS.stream()
                .flatMap(name -> surroundings.variable(name).stream())
                .toList();
        return surroundings
                .option("token")
                .filter(given -> isGitHub || !ofGitHub.contains(given))
                .or(() -> surroundings.variable("SESSION_RELAY_TOKEN"))
                .or(() -> isGitHub ? ofGitHub.stream().findFirst() : Optional.empty())
                .map(Token::of);
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.git$", "");
    }

    private static Failure noPlace(String place, String why) {
        return Failure.badInput(
                Printable.of(place, 120) + " is no place for the git store: " + why,
                "give owner/name, an https URL, or the path of a repository");
    }

    public Remote connect(Surroundings surroundings, Scratch scratch) {
        if (url.isEmpty()) {
            return new FolderRemote(shown, folder, scratch);
        }
        Duration patience = surroundings
                .variable("SESSION_RELAY_TIMEOUT")
                .filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ofMinutes(1));
        Proxies proxies = new Proxies(surroundings.environment());
        return new HttpRemote(shown, new GitHttp(url.get(), token, proxies, patience), scratch);
    }
}
