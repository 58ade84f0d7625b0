package dev.sessionrelay.store.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.LostAnswer;
import dev.sessionrelay.github.Need;
import dev.sessionrelay.github.Reply;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.Surroundings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

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
    static Optional<Review> asked(String place, Surroundings surroundings) {
        if (!surroundings.isOn("pull-request")) {
            return Optional.empty();
        }
        GitHub github = GitHub.connect(surroundings.environment(), surroundings.credentials(), surroundings.told());
        RepositoryName repository = RepositoryName.find(place, github.server().host())
                .orElseThrow(() -> Failure.badInput(
                        "a pull request can be opened on " + github.server().host() + " only, and "
                                + Printable.of(place, 120) + " is elsewhere",
                        "leave out pull-request"));
        return Optional.of(new Review(github, repository, surroundings.told()));
    }

    void show(StoredSession session) {
        String branch = GitRef.parse(session.ref()).branch();
        try {
            Optional<String> there = page(branch);
            told.accept("pull request: " + (there.isPresent() ? there.get() : open(branch, session)));
        } catch (Failure failure) {
            told.accept("the session is stored, but no pull request shows it: " + failure.inWords());
        }
    }

    /** The page of the one that is open for this branch. */
    private Optional<String> page(String branch) {
        String head = URLEncoder.encode(repository.owner() + ":" + branch, StandardCharsets.UTF_8);
        JsonNode open = github.get(
                        "/repos/" + repository + "/pulls?state=open&per_page=1&head=" + head,
                        "look for a pull request from " + branch + " in " + repository,
                        Need.PULL_REQUESTS_WRITE)
                .orFail();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.path(0).path("html_url").asText());
    }

    private String open(String branch, StoredSession session) {
        String doing = "open a pull request from " + branch + " in " + repository;
        ObjectNode wish = GitHub.JSON.createObjectNode();
        wish.put("title", title(session.manifest()));
        wish.put("head", branch);
        wish.put("base", defaultBranch());
        wish.put("body", body(session));
        try {
            Reply reply = github.post("/repos/" + repository + "/pulls", wish, doing, Need.PULL_REQUESTS_WRITE);
            // Another run may have opened it in the meantime.
            Optional<String> others = reply.status() == 422 ? page(branch) : Optional.empty();
            return others.orElseGet(() -> reply.orFail().path("html_url").asText());
        } catch (LostAnswer e) {
            return page(branch).orElseThrow(() -> GitHub.unclear(doing, e));
        }
    }

    private String defaultBranch() {
        return github.get("/repos/" + repository, "look at " + repository, Need.METADATA)
                .orFail()
                .path("default_branch")
                .asText();
    }

    private static String title(Manifest manifest) {
        return "Claude Code session: "
                + manifest.facts()
                        .title()
                        .map(title -> Printable.of(title, LONGEST_TITLE))
                        .or(manifest::key)
                        .orElse(manifest.sessionId().text());
    }

    private static String body(StoredSession session) {
        return "The conversation `" + session.manifest().sessionId()
                + "`, to be read like code. Later saves are pushed to this branch.\n\n```\nsession-relay restore '"
                + session.ref() + "'\n```\n";
    }
}
