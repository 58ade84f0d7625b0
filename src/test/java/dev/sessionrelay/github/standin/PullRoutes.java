package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;

/** What GitHub does with pull requests. */
final class PullRoutes {
    private final Hub hub;
    private final StandIn.Addresses at;

    PullRoutes(Hub hub, StandIn.Addresses at) {
        this.hub = hub;
        this.at = at;
    }

    Out answer(Ask ask, Repo repo) {
        return ask.method().equals("POST") ? open(ask, repo) : list(ask, repo);
    }

    private Out list(Ask ask, Repo repo) {
        String head = ask.query().getOrDefault("head", "");
        if (repo.isPrivate() && !ask.grant().mayRead("pull-requests")) {
            throw new Refused(403, "Resource not accessible by integration");
        }
        return Pages.of(
                ask,
                at.api() + "/repositories/" + repo.id() + "/pulls",
                repo.pulls().values().stream()
                        .filter(pull -> head.isEmpty() || head.equals(repo.owner() + ":" + pull.head()))
                        .map(pull -> pull.json(repo, at))
                        .toList());
    }

    private Out open(Ask ask, Repo repo) {
        ask.grant().requireWrite("pull-requests");
        repo.requireWritable();
        if (ask.grant() instanceof Grant.Installation && !repo.workflowsMayOpenPulls()) {
            throw new Refused(403, "GitHub Actions is not permitted to create or approve pull requests.");
        }
        JsonNode wish = ask.json();
        String head = wish.path("head").asText();
        String base = wish.path("base").asText();
        if (!repo.branches().containsKey(head)) {
            throw Refused.invalid("PullRequest", "invalid", "head");
        }
        if (!repo.branches().getOrDefault(head, false)) {
            throw Refused.custom("PullRequest", "The " + head + " branch has no history in common with " + base);
        }
        if (repo.pulls().values().stream().anyMatch(pull -> pull.head().equals(head))) {
            throw Refused.custom("PullRequest", "A pull request already exists for " + repo.owner() + ":" + head + ".");
        }
        long id = hub.nextId();
        Pull pull = new Pull(
                id,
                repo.pulls().size() + 1,
                head,
                base,
                wish.path("title").asText(),
                wish.path("body").asText());
        repo.pulls().put(id, pull);
        return Out.json(201, pull.json(repo, at));
    }
}
