package dev.sessionrelay.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer that was read whole: JSON, or an empty node where it was something else. */
public record JsonResponse(int status, HttpHeaders headers, JsonNode json, Refusal.Context context) {
    static final int MOST_BYTES = 64 << 20;
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

    static JsonResponse of(Call call, Optional<Credential> token, RawResponse answer) throws IOException {
        byte[] body = answer.beginning(MOST_BYTES);
        return new JsonResponse(
                answer.status(),
                answer.headers(),
                parse(answer, body),
                new Refusal.Context(call.doing(), call.need(), token));
    }

    /** An error page in HTML is not JSON, and a proxy may put one before any answer. */
    private static JsonNode parse(RawResponse answer, byte[] body) throws IOException {
        if (!answer.isJson() || body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return GitHub.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            if (answer.isDone()) {
                throw new IOException("the answer broke off", e);
            }
            return MissingNode.getInstance();
        }
    }

    /** The content, or the refusal in words. */
    public JsonNode orFail() {
        if (!isDone()) {
            throw refused();
        }
        return json;
    }

    Refused refused() {
        return new Refused(this, Refusal.describe(this));
    }

    /** What the graph holds of what was asked for; it tells in a good answer what went wrong, and what is not there. */
    JsonNode dataOrFail() {
        JsonNode answer = orFail();
        JsonNode error = answer.path("errors").path(0);
        boolean isWrong = error.isObject() && !error.path("type").asText().equals("NOT_FOUND");
        if (isWrong || !answer.has("data")) {
            throw Failure.unreachable(
                    "could not " + context.doing() + ": GitHub answers \""
                            + SafeText.of(error.path("message").asText("nothing"), 200) + "\"",
                    "run this again later");
        }
        return answer.path("data");
    }

    Optional<URI> next() {
        return next(headers);
    }

    static Optional<URI> next(HttpHeaders headers) {
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
}
