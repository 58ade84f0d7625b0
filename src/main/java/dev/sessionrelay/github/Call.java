package dev.sessionrelay.github;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request.
 *
 * @param doing what it is for, as in "could not [list the releases of o/r]"
 * @param mayBeRepeated whether doing it twice comes to the same as doing it once
 */
public record Call(
        Method method,
        URI uri,
        Map<String, String> headers,
        Body body,
        String doing,
        Permission need,
        boolean mayBeRepeated) {

    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** What is sent along. A file is read when it is sent, so that its size does not matter. */
    public sealed interface Body {
        record None() implements Body {}

        record OfText(String text, String type) implements Body {}

        record OfFile(Path file, long size, String type) implements Body {}
    }

    private static final Map<String, String> USUAL = Map.of(
            "Accept", "application/vnd.github+json",
            "User-Agent", "session-relay",
            "X-GitHub-Api-Version", "2022-11-28");

    public Call {
        headers = Map.copyOf(headers);
    }

    static Call of(Method method, URI uri, String doing, Permission need) {
        return new Call(method, uri, USUAL, new Body.None(), doing, need, method != Method.POST);
    }

    Call with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Call(method, uri, more, body, doing, need, mayBeRepeated);
    }

    Call with(Body newBody) {
        return new Call(method, uri, headers, newBody, doing, need, mayBeRepeated);
    }

    Call to(URI other) {
        return new Call(method, other, headers, body, doing, need, mayBeRepeated);
    }

    Call as(Method other) {
        return new Call(other, uri, headers, body, doing, need, mayBeRepeated);
    }

    /** The same where others may change the thing as well: done late, a repetition would undo what they did. */
    Call once() {
        return new Call(method, uri, headers, body, doing, need, false);
    }

    /** The same where doing it changes nothing. */
    Call atAnyTime() {
        return new Call(method, uri, headers, body, doing, need, true);
    }
}
