package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A pull request. */
public record Pull(long id, int number, String head, String base, String title, String body) {

    ObjectNode json(Repo repo, StandIn.Addresses at) {
        String repoUrl = at.api() + "/repos/" + repo.owner() + "/" + repo.name();
        String url = repoUrl + "/pulls/" + number;
        String page = "https://github.com/" + repo.owner() + "/" + repo.name() + "/pull/" + number;
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("url", url);
        node.put("id", id);
        node.put("node_id", "PR_" + id);
        node.put("html_url", page);
        node.put("diff_url", page + ".diff");
        node.put("patch_url", page + ".patch");
        node.put("issue_url", repoUrl + "/issues/" + number);
        node.put("commits_url", url + "/commits");
        node.put("review_comments_url", url + "/comments");
        node.put("review_comment_url", repoUrl + "/pulls/comments{/number}");
        node.put("comments_url", repoUrl + "/issues/" + number + "/comments");
        node.put("statuses_url", repoUrl + "/statuses/" + "0".repeat(40));
        node.put("number", number);
        node.put("state", "open");
        node.put("locked", false);
        node.put("title", title);
        node.set("user", Shapes.user("octocat"));
        node.put("body", body);
        node.putArray("labels");
        for (String nothing :
                "milestone active_lock_reason closed_at merged_at merge_commit_sha assignee auto_merge merged_by"
                        .split(" ", -1)) {
            node.putNull(nothing);
        }
        for (String list : "assignees requested_reviewers requested_teams".split(" ", -1)) {
            node.putArray(list);
        }
        node.put("created_at", Shapes.now());
        node.put("updated_at", Shapes.now());
        node.put("draft", false);
        node.put("author_association", "OWNER");
        node.set("head", side(head, repo, at));
        node.set("base", side(base, repo, at));
        ObjectNode links = node.putObject("_links");
        for (String link : "comments commits statuses html issue review_comments review_comment self".split(" ", -1)) {
            links.putObject(link).put("href", url);
        }
        node.put("merged", false);
        node.putNull("mergeable");
        node.put("mergeable_state", "unknown");
        node.put("maintainer_can_modify", false);
        for (String count : "comments review_comments commits additions deletions changed_files".split(" ", -1)) {
            node.put(count, 1);
        }
        return node;
    }

    private static ObjectNode side(String branch, Repo repo, StandIn.Addresses at) {
        ObjectNode side = Shapes.JSON.createObjectNode();
        side.put("label", repo.owner() + ":" + branch);
        side.put("ref", branch);
        side.put("sha", "0".repeat(40));
        side.set("user", Shapes.user(repo.owner()));
        side.set("repo", Shapes.repository(repo, at.api()));
        return side;
    }
}
