package dev.sessionrelay.github;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.Server;
import java.io.IOException;
import java.util.Optional;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;

/**
 * Calls that github-api knows, with its objects. Each states what it is for, which the library does not pass on: the
 * errors name it. The library is given no token and never waits: both are the connector's.
 */
public final class Typed {
    private final Connector connector;
    private final org.kohsuke.github.GitHub api;

    Typed(Server server, Optional<Credential> token, Transport transport) {
        this.connector = new Connector(server, token, transport);
        try {
            this.api = new GitHubBuilder()
                    .withEndpoint(server.api().toString())
                    .withConnector(connector)
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("nothing is sent yet", e);
        }
    }

    /** What is done with a part of the library. */
    @FunctionalInterface
    public interface TypedCall<S, T> {
        T with(S subject) throws IOException;
    }

    /** Does what comes to the same when it is done twice. */
    public <T> T ask(String doing, Permission need, TypedCall<org.kohsuke.github.GitHub, T> work) {
        try {
            return run(new Purpose(doing, need, true), work);
        } catch (UnknownOutcome e) {
            throw new IllegalStateException("what may be repeated is not lost", e);
        }
    }

    /** The same in a repository that is known by its name only: it is not asked for. */
    public <T> T ask(RepositoryName repository, String doing, Permission need, TypedCall<GHRepository, T> work) {
        return ask(doing, need, github -> work.with(Named.repository(github, repository)));
    }

    /** Creates something, or changes what others may be changing at the same time. */
    public <T> T once(String doing, Permission need, TypedCall<org.kohsuke.github.GitHub, T> work)
            throws UnknownOutcome {
        return run(new Purpose(doing, need, false), work);
    }

    public <T> T once(RepositoryName repository, String doing, Permission need, TypedCall<GHRepository, T> work)
            throws UnknownOutcome {
        return once(doing, need, github -> work.with(Named.repository(github, repository)));
    }

    private <T> T run(Purpose purpose, TypedCall<org.kohsuke.github.GitHub, T> work) throws UnknownOutcome {
        try {
            return connector.during(purpose, () -> work.with(api));
        } catch (GHException | IOException e) {
            throw describe(purpose, e);
        } catch (NullPointerException e) {
            // What GitHub always sends is null in the library's objects where another server left it out.
            throw notGitHubs(purpose);
        }
    }

    /** The library wraps what the connector threw. */
    private Failure describe(Purpose purpose, Exception thrown) throws UnknownOutcome {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof UnknownOutcome lost) {
                throw lost;
            }
            if (e instanceof Connector.NotReached cause) {
                return cause.inWords();
            }
        }
        return notGitHubs(purpose);
    }

    private static Failure notGitHubs(Purpose purpose) {
        return Failure.unreachable(
                "could not " + purpose.doing() + ": the server's answer is not one of GitHub's",
                "check the server's address (GITHUB_API_URL) and the proxy (HTTPS_PROXY)");
    }
}
