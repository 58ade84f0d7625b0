package dev.sessionrelay.protect.seal;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Named;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.text.SafeText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.kohsuke.github.GHKey;

/** The SSH keys that somebody has shown GitHub to be theirs, which everybody may ask for. */
public record GitHubKeys(Map<String, String> environment, Credentials credentials, Consumer<String> told) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}");

    public List<String> of(String user) {
        if (!NAME.matcher(user).matches()) {
            throw Failure.badInput(
                    "\"github:" + SafeText.of(user, 60) + "\" names no user of GitHub",
                    "give github:<user>, as in github:octocat");
        }
        try (GitHub github = GitHub.connect(environment, credentials, told)) {
            return github.typed()
                    .ask(
                            "read the SSH keys of " + user,
                            Permission.NOTHING,
                            api -> Named.user(api, user).getKeys().stream()
                                    .map(GHKey::getKey)
                                    .toList());
        }
    }

    /** The environment may hold a token. */
    @Override
    public String toString() {
        return "the SSH keys on " + credentials.server().host();
    }
}
