package dev.sessionrelay.plan;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.http.Credentials;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where plans are reached.
 *
 * @param repository the one whose issues are meant where a plan names none
 */
public record PlanConnection(
        Map<String, String> environment, Credentials credentials, Optional<String> repository, Consumer<String> told) {

    /** What is done with a repository's plans. */
    @FunctionalInterface
    public interface PlanWork<T> {
        T with(Plans plans);
    }

    public <T> T with(PlanIssue plan, PlanWork<T> work) {
        try (GitHub github = GitHub.connect(environment, credentials, told)) {
            if (github.token().isEmpty()) {
                throw Failure.notAllowed(
                        "plan " + plan + " cannot be reached: no token was given",
                        "set SESSION_RELAY_TOKEN, GITHUB_TOKEN or GH_TOKEN (`gh auth token` prints one)");
            }
            String named = plan.repository()
                    .or(this::repository)
                    .orElseThrow(() -> Failure.badInput(
                            "cannot tell which repository has plan " + plan + ": this folder was not cloned from any",
                            "name it as owner/name" + plan));
            return work.with(new Plans(
                    github, RepositoryName.parse(named, github.server().host())));
        }
    }

    /** The environment may hold a token. */
    @Override
    public String toString() {
        return "plans on " + credentials.server().host();
    }
}
