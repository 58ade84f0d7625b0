package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The JSON that all kinds of answers share. */
final class Shapes {
    static final ObjectMapper JSON = new ObjectMapper();

    private Shapes() {}

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static ObjectNode user(String login) {
        String url = "https://api.github.com/users/" + login;
        ObjectNode user = JSON.createObjectNode();
        user.put("login", login);
        user.put("id", 1);
        user.put("node_id", "MDQ6VXNlcjE=");
        user.put("avatar_url", "https://avatars.githubusercontent.com/u/1?v=4");
        user.put("gravatar_id", "");
        user.put("url", url);
        user.put("html_url", "https://github.com/" + login);
        for (String list : new String[] {
            "followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events"
        }) {
            user.put(list + "_url", url + "/" + list);
        }
        user.put("organizations_url", url + "/orgs");
        user.put("received_events_url", url + "/received_events");
        user.put("type", "User");
        user.put("site_admin", false);
        return user;
    }

    /** The description asks for all of these in a repository. */
    static ObjectNode repository(Repo repo, String api) {
        String url = api + "/repos/" + repo.owner() + "/" + repo.name();
        ObjectNode node = JSON.createObjectNode();
        node.put("id", repo.id());
        node.put("node_id", "R_" + repo.id());
        node.put("name", repo.name());
        node.put("full_name", repo.owner() + "/" + repo.name());
        node.set("owner", user(repo.owner()));
        node.put("private", repo.isPrivate());
        node.put("visibility", repo.isPrivate() ? "private" : "public");
        node.put("html_url", "https://github.com/" + repo.owner() + "/" + repo.name());
        node.put("url", url);
        for (String link :
                ("archive assignees blobs branches collaborators comments commits compare contents contributors"
                                + " deployments downloads events forks git_commits git_refs git_tags hooks issue_comment"
                                + " issue_events issues keys labels languages merges milestones notifications pulls releases"
                                + " stargazers statuses subscribers subscription tags teams trees")
                        .split(" ", -1)) {
            node.put(link + "_url", url + "/" + link);
        }
        for (String link : "clone git ssh svn".split(" ", -1)) {
            node.put(link + "_url", "https://github.com/" + repo.owner() + "/" + repo.name() + ".git");
        }
        for (String no : "description homepage language mirror_url license".split(" ", -1)) {
            node.putNull(no);
        }
        for (String count : ("forks forks_count open_issues open_issues_count size stargazers_count watchers"
                        + " watchers_count network_count subscribers_count")
                .split(" ", -1)) {
            node.put(count, 0);
        }
        for (String has : "issues projects wiki pages discussions downloads".split(" ", -1)) {
            node.put("has_" + has, false);
        }
        node.put("fork", false);
        node.put("archived", repo.isArchived());
        node.put("disabled", false);
        node.put("default_branch", "main");
        for (String at : "pushed_at created_at updated_at".split(" ", -1)) {
            node.put(at, "2026-01-01T00:00:00Z");
        }
        return node;
    }
}
