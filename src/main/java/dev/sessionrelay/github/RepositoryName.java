package dev.sessionrelay.github;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.github.GHRepository;

/** A repository on GitHub: {@code owner/name}. */
public record RepositoryName(String owner, String name) {
    private static final Pattern SHORT = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)/([A-Za-z0-9._-]{1,100})");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://|ssh://)?(?:[^@/\\s]+@)?([A-Za-z0-9.-]+)(?::\\d+)?[/:]([^/\\s]+/[^/\\s]+?)(?:\\.git)?/?");

    /** Empty for what is no repository on this host. */
    public static Optional<RepositoryName> find(String text, String host) {
        Matcher plain = SHORT.matcher(text);
        if (plain.matches()) {
            return named(plain);
        }
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || !address.group(1).equalsIgnoreCase(host)) {
            return Optional.empty();
        }
        Matcher inside = SHORT.matcher(address.group(2));
        return inside.matches() ? named(inside) : Optional.empty();
    }

    /**
     * @param host the host whose repositories are meant; an address elsewhere is refused, for it would get the token
     */
    public static RepositoryName parse(String text, String host) {
        return find(text, host).orElseThrow(() -> refusal(text, host));
    }

    private static Failure refusal(String text, String host) {
        Matcher address = ADDRESS.matcher(text);
        if (address.matches() && !address.group(1).equalsIgnoreCase(host)) {
            return Failure.badInput(
                    "the repository lies on " + SafeText.of(address.group(1), 80) + ", and this speaks to " + host,
                    "set GITHUB_SERVER_URL and GITHUB_API_URL to that server's, or use the git store");
        }
        return Failure.badInput(
                "\"" + SafeText.of(withoutUser(text), 120) + "\" is no repository on GitHub",
                "name it as owner/name or by its address, as in --repository octocat/hello");
    }

    private static Optional<RepositoryName> named(Matcher parts) {
        String name = parts.group(2);
        return name.equals(".") || name.equals("..")
                ? Optional.empty()
                : Optional.of(new RepositoryName(parts.group(1), name));
    }

    /** An address may hold a password. */
    private static String withoutUser(String text) {
        return text.replaceFirst("//[^@/]*@", "//");
    }

    /** What GitHub tells of it, whether it is private among other things. */
    public GHRepository lookedUp(GitHub github) {
        return github.typed().ask("look at " + this, Permission.METADATA, api -> api.getRepository(toString()));
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
