package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub does with the text of issues. */
final class IssueRoutes {
    static final String FOLDER = "/issues/";
    private static final Pattern ONE = Pattern.compile("/issues/(\\d+)(/comments)?");
    private static final int LONGEST_BODY = 65_536;

    private final StandIn.Addresses at;

    IssueRoutes(StandIn.Addresses at) {
        this.at = at;
    }

    Out answer(Ask ask, Repo repo, String rest) {
        Matcher one = ONE.matcher(rest);
        if (!one.matches()) {
            throw Refused.missing();
        }
        if (repo.isPrivate() && !ask.grant().mayRead("issues")) {
            throw Refused.missing();
        }
        Issue issue = repo.issues().get(Integer.parseInt(one.group(1)));
        if (issue == null) {
            throw Refused.missing();
        }
        if (one.group(2) != null) {
            return Pages.of(ask, at.api() + "/repositories/" + repo.id() + rest, issue.comments(repo, at));
        }
        if (ask.method().equals("PATCH")) {
            ask.grant().requireWrite("issues");
            repo.requireWritable();
            JsonNode body = ask.json().path("body");
            if (body.asText().length() > LONGEST_BODY) {
                throw Refused.invalid("Issue", "too_long", "body");
            }
            issue.write(body.asText(issue.body()));
        }
        return Out.json(200, issue.json(repo, at));
    }
}
