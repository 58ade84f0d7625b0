package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.Refused;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.UnknownOutcome;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.text.SafeText;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;

/**
 * The pull request that shows a session to people as they look at code. It is opened once for a branch; what is pushed
 * there later is in it by itself. The session is stored by then, so that nothing here makes a save fail.
 */
final class Review {
    private static final int LONGEST_TITLE = 100;

    private final GitHub github;
    private final RepositoryName repository;
    private final Consumer<String> told;

    private Review(GitHub github, RepositoryName repository, Consumer<String> told) {
        this.github = github;
        this.repository = repository;
        this.told = told;
    }

    /** @param place the repository, as it was named */
    static Optional<Review> asked(String place, StoreContext surroundings) {
        if (!surroundings.isOn("pull-request")) {
            return Optional.empty();
        }
        GitHub github = GitHub.connect(surroundings.environment(), surroundings.credentials(), surroundings.told());
        RepositoryName repository = RepositoryName.find(place, github.server().host())
                .orElseThrow(() -> Failure.badInput(
                        "a pull request can be opened on " + github.server().host() + " only, and "
                                + SafeText.of(place, 120) + " is elsewhere",
                        "leave out pull-request"));
        return Optional.of(new Review(github, repository, surroundings.told()));
    }

    void show(StoredSession session) {
        String branch = GitRef.parse(session.ref()).branch();
        try {
            Optional<String> there = page(branch);
            told.accept("pull request: " + (there.isPresent() ? there.get() : open(branch, session)));
        } catch (Failure failure) {
            told.accept("the session is stored, but no pull request shows it: " + failure.describe());
        }
    }

    /** The page of the one that is open for this branch. */
    private Optional<String> page(String branch) {
        String doing = "look for a pull request from " + branch + " in " + repository;
        return github.typed().ask(repository, doing, Permission.PULL_REQUESTS_WRITE, there -> {
            Iterator<GHPullRequest> open = there.queryPullRequests()
                    .state(GHIssueState.OPEN)
                    .head(repository.owner() + ":" + branch)
                    .list()
                    .withPageSize(1)
                    .iterator();
            return open.hasNext() ? Optional.of(page(open.next())) : Optional.empty();
        });
    }

    private static String page(GHPullRequest pull) {
        return String.valueOf(pull.getHtmlUrl());
    }

    private String open(String branch, StoredSession session) {
        String doing = "open a pull request from " + branch + " in " + repository;
        String base = repository.lookedUp(github).getDefaultBranch();
        String title = title(session.manifest());
        try {
            return github.typed()
                    .once(
                            repository,
                            doing,
                            Permission.PULL_REQUESTS_WRITE,
                            there -> page(there.createPullRequest(title, branch, base, body(session))));
        } catch (Refused refused) {
            // Another run may have opened it in the meantime.
            return Optional.of(branch)
                    .filter(from -> refused.isInvalid())
                    .flatMap(this::page)
                    .orElseThrow(() -> refused);
        } catch (UnknownOutcome e) {
            return page(branch).orElseThrow(() -> GitHub.unclear(doing, e));
        }
    }

    private static String title(Manifest manifest) {
        return "Claude Code session: "
                + manifest.facts()
                        .title()
                        .map(title -> SafeText.of(title, LONGEST_TITLE))
                        .or(manifest::key)
                        .orElse(manifest.sessionId().text());
    }

    private static String body(StoredSession session) {
        return "The conversation `" + session.manifest().sessionId()
                + "`, to be read like code. Later saves are pushed to this branch.\n\n```\nsession-relay restore '"
                + session.ref() + "'\n```\n";
    }
}
