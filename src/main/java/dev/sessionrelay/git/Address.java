package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.http.SshAddress;
import dev.sessionrelay.http.WebOrigin;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.text.SafeText;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a repository is, and what opens it.
 *
 * @param shown how refs and people name it: {@code owner/name} on github.com, else its URL or path; never with a secret
 * @param repositoryName the last part of it
 * @param isFromSsh whether it was made from an address of ssh, under which the host may answer alone
 */
public record Address(
        String shown,
        String repositoryName,
        Optional<URI> url,
        Path folder,
        Optional<Credential> token,
        boolean isFromSsh) {
    public static final String GITHUB = "https://github.com";

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+");

    /** @param place {@code owner/name}, a URL, or a path */
    public static Address parse(String place, StoreContext surroundings) {
        Credentials credentials = surroundings.credentials();
        Optional<SshAddress> ssh = SshAddress.find(place);
        if (SLUG.matcher(place).matches()) {
            return ofWeb(credentials.server().page() + "/" + place + ".git", credentials);
        }
        if (place.startsWith("https://") || place.startsWith("http://")) {
            return ofWeb(place, credentials);
        }
        if (place.startsWith("file://")) {
            return ofFolder(pathIn(place), surroundings);
        }
        if (ssh.isPresent()) {
            return ofWeb(ssh.get().overHttps(), credentials).fromSsh();
        }
        if (place.contains("://")) {
            throw noPlace(place, "only https, http and file can be used");
        }
        return ofFolder(place, surroundings);
    }

    private static String pathIn(String fileUrl) {
        try {
            return URLDecoder.decode(fileUrl.substring("file://".length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw noPlace(fileUrl, "it is not a well-formed URL");
        }
    }

    private Address fromSsh() {
        return new Address(shown, repositoryName, url, folder, token, true);
    }

    private static Address ofFolder(String path, StoreContext surroundings) {
        Path folder;
        try {
            folder = surroundings.workingFolder().resolve(path).toAbsolutePath().normalize();
        } catch (IllegalArgumentException e) {
            throw noPlace(path, "it is no path");
        }
        return new Address(
                folder.toString(), lastPart(folder.toString()), Optional.empty(), folder, Optional.empty(), false);
    }

    private static Address ofWeb(String text, Credentials credentials) {
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
        WebOrigin origin = WebOrigin.of(url).orElseThrow(() -> noPlace("the URL", "its host is not one"));
        Optional<Credential> token = Optional.ofNullable(given.getRawUserInfo())
                .map(userInfo -> Credential.ofUserInfo(userInfo, origin))
                .or(() -> credentials.of(origin));
        if (token.isPresent() && origin.isInTheOpen()) {
            throw Failure.notAllowed(
                    "a token would go to " + origin.host() + " in the open: its address begins with http://",
                    "use https://");
        }
        String slug = url.getRawPath().substring(1).replaceFirst("\\.git$", "");
        boolean onGitHub = WebOrigin.parse(GITHUB).equals(Optional.of(origin))
                && SLUG.matcher(slug).matches();
        URI repository = onGitHub ? URI.create(GITHUB + "/" + slug + ".git") : url;
        return new Address(
                onGitHub ? slug : url.toString(), lastPart(slug), Optional.of(repository), Path.of("."), token, false);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.git$", "");
    }

    private static Failure noPlace(String place, String why) {
        return Failure.badInput(
                SafeText.of(place, 120) + " is no place for the git store: " + why,
                "give owner/name, an https URL, or the path of a repository");
    }

    public Remote connect(StoreContext surroundings, TempFolder scratch) {
        if (url.isEmpty()) {
            return new FolderRemote(shown, folder);
        }
        Duration patience = surroundings
                .variable("SESSION_RELAY_TIMEOUT")
                .filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ofMinutes(1));
        Proxies proxies = new Proxies(surroundings.environment());
        String inWords = shown + (isFromSsh ? " (made from an address of ssh, since only HTTPS is spoken here)" : "");
        return new HttpRemote(shown, inWords, new GitHttp(url.get(), token, proxies, patience), scratch);
    }
}
