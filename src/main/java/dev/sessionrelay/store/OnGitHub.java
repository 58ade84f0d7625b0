package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Pauses;
import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.Server;
import dev.sessionrelay.github.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stores on GitHub take from their surroundings: the server, the token, the repository. */
public final class OnGitHub {
    private static final Pattern ORIGIN =
            Pattern.compile("\\[remote \"origin\"][^\\[]*?\\n\\s*url\\s*=\\s*(\\S+)", Pattern.DOTALL);

    private final Surroundings surroundings;
    private final Server server;

    public OnGitHub(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = Server.of(surroundings.environment());
    }

    public GitHub connect() {
        return GitHub.connect(
                server,
                Token.find(surroundings.option("token"), surroundings.environment()),
                Proxies.of(surroundings.environment()),
                Pauses.usual(this::tell));
    }

    public RepositoryName repository(String text) {
        return RepositoryName.parse(text, server.host());
    }

    /** The repository that was named, else the runner's, else the one that this checkout came from. */
    public RepositoryName repository() {
        return surroundings
                .option("repository")
                .or(() -> surroundings.variable("GITHUB_REPOSITORY"))
                .or(this::origin)
                .map(this::repository)
                .orElseThrow(
                        () -> Failure.badInput(
                                "which repository?",
                                "name it, as in --repository octocat/hello: this folder is no checkout with a remote \"origin\""));
    }

    private Optional<String> origin() {
        for (Path at = surroundings.workingFolder().toAbsolutePath(); at != null; at = at.getParent()) {
            Path config = at.resolve(".git").resolve("config");
            if (Files.isRegularFile(config)) {
                try {
                    Matcher origin = ORIGIN.matcher(Files.readString(config, StandardCharsets.UTF_8));
                    return origin.find() ? Optional.of(origin.group(1)) : Optional.empty();
                } catch (IOException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    public boolean allowsPublic() {
        return surroundings.option("allow-public").filter("true"::equals).isPresent();
    }

    /** What a person should know while it goes on. */
    public void tell(String line) {
        System.err.println(line);
    }
}
