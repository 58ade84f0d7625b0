package dev.sessionrelay.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import org.kohsuke.github.GHAsset;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;

/**
 * Objects of github-api that are known by their names, so that GitHub need not be asked for them first. The library
 * reads them out of what a webhook would bring.
 */
public final class Named {
    private Named() {}

    public static GHRepository repository(org.kohsuke.github.GitHub github, RepositoryName name) throws IOException {
        return read(github, event(name), GHEventPayload.Ping.class).getRepository();
    }

    public static GHIssue issue(org.kohsuke.github.GitHub github, RepositoryName repository, int number)
            throws IOException {
        ObjectNode event = event(repository);
        event.putObject("issue").put("number", number);
        return read(github, event, GHEventPayload.Issue.class).getIssue();
    }

    public static GHUser user(org.kohsuke.github.GitHub github, String login) throws IOException {
        ObjectNode event = GitHub.JSON.createObjectNode();
        event.putObject("sender").put("login", login);
        return read(github, event, GHEventPayload.Ping.class).getSender();
    }

    /** What GitHub told of an asset in answer to a call that the library does not know. */
    @SuppressWarnings("deprecation") // The other way to its assets asks GitHub for them.
    public static GHAsset asset(org.kohsuke.github.GitHub github, JsonNode told) throws IOException {
        ObjectNode event = GitHub.JSON.createObjectNode();
        event.putObject("release").putArray("assets").add(told);
        return read(github, event, GHEventPayload.Release.class)
                .getRelease()
                .assets()
                .getFirst();
    }

    private static ObjectNode event(RepositoryName name) {
        ObjectNode event = GitHub.JSON.createObjectNode();
        ObjectNode repository = event.putObject("repository");
        repository.put("name", name.name()).put("full_name", name.toString());
        repository.putObject("owner").put("login", name.owner());
        return event;
    }

    private static <T extends GHEventPayload> T read(org.kohsuke.github.GitHub github, ObjectNode event, Class<T> type)
            throws IOException {
        return github.parseEventPayload(new StringReader(event.toString()), type);
    }
}
