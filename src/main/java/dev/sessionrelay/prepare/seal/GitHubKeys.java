package dev.sessionrelay.prepare.seal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Need;
import dev.sessionrelay.http.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The SSH keys that somebody has shown GitHub to be theirs, which everybody may ask for. */
public record GitHubKeys(Map<String, String> environment, Credentials credentials, Consumer<String> told) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}");

    public List<String> of(String user) {
        if (!NAME.matcher(user).matches()) {
            throw Failure.badInput(
                    "\"github:" + Printable.of(user, 60) + "\" names no user of GitHub",
                    "give github:<user>, as in github:octocat");
        }
        List<String> keys = new ArrayList<>();
        try (GitHub github = GitHub.connect(environment, credentials, told)) {
            for (JsonNode key : github.list(
                    "/users/" + user + "/keys?per_page=100", "read the SSH keys of " + user, Need.NOTHING)) {
                keys.add(key.path("key").asText());
            }
        }
        return keys;
    }
}
