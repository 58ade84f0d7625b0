package dev.sessionrelay.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer that was read whole: JSON, or an empty node where it was something else. */
public record Reply(int status, HttpHeaders headers, JsonNode json, Refusal.Context context) {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    public boolean isDone() {
        return status / 100 == 2;
    }

    public boolean isMissing() {
        return status == 404;
    }

    /** Whether the thing that was to be created is there already. */
    public boolean isAlreadyThere() {
        if (status == 422) {
            for (JsonNode error : json.path("errors")) {
                if (error.path("code").asText().equals("already_exists")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The content, or the refusal in words. */
    public JsonNode orFail() {
        if (!isDone()) {
            throw Refusal.inWords(this);
        }
        return json;
    }

    /** What the graph holds of what was asked for; it tells in a good answer what went wrong, and what is not there. */
    JsonNode dataOrFail() {
        JsonNode answer = orFail();
        JsonNode error = answer.path("errors").path(0);
        boolean isWrong = error.isObject() && !error.path("type").asText().equals("NOT_FOUND");
        if (isWrong || !answer.has("data")) {
            throw Failure.unreachable(
                    "could not " + context.doing() + ": GitHub answers \""
                            + Printable.of(error.path("message").asText("nothing"), 200) + "\"",
                    "run this again later");
        }
        return answer.path("data");
    }

    Optional<URI> next() {
        for (String link : headers.allValues("Link")) {
            Matcher next = NEXT.matcher(link);
            if (next.find()) {
                return Optional.of(URI.create(next.group(1)));
            }
        }
        return Optional.empty();
    }

    String message() {
        return json.path("message").asText("");
    }

    static HttpHeaders noHeaders() {
        return HttpHeaders.of(Map.of(), (name, value) -> true);
    }
}
