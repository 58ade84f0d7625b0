package dev.sessionrelay.github.standin;

import java.util.Set;

/** What a token may do. */
public sealed interface Grant {

    /** A job's own token: permissions, and never gists. */
    record Installation(Set<String> permissions) implements Grant {}

    record FineGrained(Set<String> permissions) implements Grant {}

    record Classic(Set<String> scopes) implements Grant {}

    record Nobody() implements Grant {}

    /** A token that GitHub does not know, or knows no more. */
    record Unknown() implements Grant {}

    default boolean mayRead(String what) {
        return switch (this) {
            case Installation(Set<String> permissions) ->
                permissions.contains(what + ": read") || permissions.contains(what + ": write");
            case FineGrained(Set<String> permissions) ->
                permissions.contains(what + ": read") || permissions.contains(what + ": write");
            case Classic(Set<String> scopes) -> scopes.contains("repo");
            case Nobody(), Unknown() -> false;
        };
    }

    default boolean mayWrite(String what) {
        return switch (this) {
            case Installation(Set<String> permissions) -> permissions.contains(what + ": write");
            case FineGrained(Set<String> permissions) -> permissions.contains(what + ": write");
            case Classic(Set<String> scopes) -> scopes.contains("repo");
            case Nobody(), Unknown() -> false;
        };
    }

    default void requireWrite(String what) {
        if (!mayWrite(what)) {
            throw switch (this) {
                case Installation _ -> new Refused(403, "Resource not accessible by integration");
                case FineGrained _ -> new Refused(403, "Resource not accessible by personal access token");
                case Classic _ -> Refused.missing();
                case Nobody(), Unknown() -> new Refused(401, "Requires authentication");
            };
        }
    }

    default void requireGists() {
        switch (this) {
            case Installation _ -> throw new Refused(403, "Resource not accessible by integration");
            case FineGrained(Set<String> permissions) -> {
                if (!permissions.contains("gists: write")) {
                    throw new Refused(403, "Resource not accessible by personal access token");
                }
            }
            case Classic(Set<String> scopes) -> {
                if (!scopes.contains("gist")) {
                    throw Refused.missing();
                }
            }
            case Nobody(), Unknown() -> throw new Refused(401, "Requires authentication");
        }
    }
}
