package dev.sessionrelay.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What GitHub refuses, in words: GitHub's own are few, and the same for a lack of rights as for a lack of the thing.
 */
final class Refusal {
    private static final String GET_ONE =
            "set SESSION_RELAY_TOKEN, GITHUB_TOKEN or GH_TOKEN (`gh auth token` prints one)";

    private Refusal() {}

    /** What was tried, and with what right. */
    record Context(String doing, Permission need, Optional<Credential> token) {}

    /** The kinds of tokens that GitHub's messages and permissions differ for. */
    private enum RefusalKind {
        /** Of a workflow's job, or of an app. */
        INSTALLATION,
        FINE_GRAINED,
        /** Personal, with scopes; also what `gh auth login` gets. */
        CLASSIC;

        static RefusalKind of(Credential token) {
            if (token.beginsWith("ghs_")) {
                return INSTALLATION;
            }
            return token.beginsWith("github_pat_") ? FINE_GRAINED : CLASSIC;
        }
    }

    static Failure describe(JsonResponse reply) {
        Context context = reply.context();
        String tried = "could not " + context.doing() + ": ";
        return switch (reply.status()) {
            case 401 -> unauthorized(tried, reply);
            case 403, 429 -> forbidden(tried, reply);
            case 404 -> missing(tried, reply);
            case 410 ->
                Failure.nothingFound(
                        tried + "GitHub had it and has removed it", "it cannot be brought back from there");
            case 413, 422 -> invalid(tried, reply);
            case 409 ->
                Failure.notAllowed(
                        tried + said(reply),
                        "when a secret is meant, remove it from the session (--redact) and revoke it; else run this"
                                + " again");
            case 451 -> Failure.notAllowed(tried + "the repository is blocked for legal reasons", "use another one");
            default -> trouble(tried, reply);
        };
    }

    private static Failure unauthorized(String tried, JsonResponse reply) {
        return reply.context()
                .token()
                .map(token -> Failure.notAllowed(
                        tried + "GitHub does not accept " + token + " (" + said(reply) + ")",
                        "it is expired, revoked or mistyped: " + GET_ONE
                                + "; in a workflow leave out the input token, or give ${{ github.token }}"))
                .orElseGet(() -> Failure.notAllowed(tried + "GitHub asks for a token, and none was given", GET_ONE));
    }

    private static Failure forbidden(String tried, JsonResponse reply) {
        Context context = reply.context();
        String said = reply.message().toLowerCase(Locale.ROOT);
        if (isLimit(reply)) {
            return limited(tried, reply);
        }
        if (reply.headers().firstValue("X-GitHub-SSO").isPresent()) {
            return Failure.notAllowed(
                    tried + "the organisation asks for single sign-on, and " + tokenOf(context)
                            + " is not authorised for it",
                    "authorise it at https://github.com/settings/tokens (Configure SSO), and run this again");
        }
        if (said.contains("archived")) {
            return Failure.notAllowed(
                    tried + "the repository is archived, and so read-only",
                    "unarchive it, or name another --repository");
        }
        if (said.contains("not permitted to create or approve pull requests")) {
            return Failure.notAllowed(
                    tried + "the repository does not let workflows open pull requests",
                    "allow it in the repository's Settings, Actions, General: \"Allow GitHub Actions to create and approve"
                            + " pull requests\"; or give another token");
        }
        if (context.need() == Permission.GIST && kind(context) != RefusalKind.CLASSIC) {
            return gistNeverPossible(tried, context);
        }
        return lacksRight(tried, reply);
    }

    private static Failure gistNeverPossible(String tried, Context context) {
        boolean ofJob = kind(context) == RefusalKind.INSTALLATION;
        return Failure.notAllowed(
                tried
                        + tokenOf(context)
                        + (ofJob
                                ? " is a job's own token, and such a token can never write gists"
                                : " lacks the account permission \"" + Permission.GIST.ofFineGrained() + "\""),
                (ofJob
                                ? "give a personal access token (classic) with the scope \"gist\" as input token or in"
                                        + " SESSION_RELAY_TOKEN; "
                                : "add that permission to it, or use a classic token with the scope \"gist\"; ")
                        + "or use --store release or --store git, which need none");
    }

    private static Failure lacksRight(String tried, JsonResponse reply) {
        Context context = reply.context();
        Permission need = context.need();
        return switch (kindThatWasSeen(reply)) {
            case INSTALLATION ->
                Failure.notAllowed(
                        tried + "the job's token lacks the permission \"" + need.ofWorkflow() + "\" (" + said(reply)
                                + ")",
                        "add `permissions: { " + need.ofWorkflow()
                                + " }` to the job; in a pull request from a fork the token can only read and secrets are"
                                + " empty: save in a workflow that starts from the repository itself");
            case FINE_GRAINED ->
                Failure.notAllowed(
                        tried + tokenOf(context) + " lacks the permission \"" + need.ofFineGrained() + "\" ("
                                + said(reply) + ")",
                        "add it for this repository at https://github.com/settings/personal-access-tokens, or use another"
                                + " token");
            case CLASSIC ->
                Failure.notAllowed(
                        tried
                                + said(reply)
                                + scopesOf(reply)
                                        .map(scopes -> "; " + tokenOf(context) + " has " + scopes)
                                        .orElse(""),
                        "use a token with the scope \"" + need.scope() + "\" of an account that may write there"
                                + " (`gh auth refresh -s " + need.scope() + "`)");
        };
    }

    /** GitHub knows the kind for certain, and says it in passing. */
    private static RefusalKind kindThatWasSeen(JsonResponse reply) {
        if (reply.message().endsWith("by integration")) {
            return RefusalKind.INSTALLATION;
        }
        return reply.message().endsWith("by personal access token") ? RefusalKind.FINE_GRAINED : kind(reply.context());
    }

    private static Failure missing(String tried, JsonResponse reply) {
        Context context = reply.context();
        if (context.token().isEmpty()) {
            return Failure.nothingFound(
                    tried + "GitHub shows nothing there to somebody without a token",
                    "if it should be there, " + GET_ONE);
        }
        boolean lacksScope = scopesOf(reply).isPresent()
                && !context.need().scope().isEmpty()
                && !hasScope(reply, context.need().scope());
        if (lacksScope) {
            return Failure.notAllowed(
                    tried + tokenOf(context) + " has " + scopesOf(reply).orElse("no scope") + ", not \""
                            + context.need().scope() + "\"",
                    "use a token with that scope (`gh auth refresh -s "
                            + context.need().scope() + "`)");
        }
        return Failure.nothingFound(
                tried + "it is not there, or " + tokenOf(context) + " may not see it",
                "check the name; where it is right, give the token "
                        + (kind(context) == RefusalKind.INSTALLATION
                                ? "`permissions: { " + context.need().ofWorkflow() + " }`"
                                : "access to it (classic: scope \""
                                        + context.need().scope() + "\"; fine-grained: \""
                                        + context.need().ofFineGrained() + "\")"));
    }

    private static Failure invalid(String tried, JsonResponse reply) {
        if (said(reply).toLowerCase(Locale.ROOT).contains("repository is empty")
                || details(reply).toLowerCase(Locale.ROOT).contains("repository is empty")) {
            return Failure.badInput(
                    tried + "the repository has no commit yet, and GitHub keeps no releases in an empty one",
                    "push a first commit and run this again, or keep the session elsewhere, as with --store git");
        }
        return Failure.badInput(
                tried + "GitHub takes it for invalid: " + said(reply) + details(reply),
                reply.status() == 413 ? "it is too large for this place: use --store git" : "see what it names above");
    }

    private static Failure limited(String tried, JsonResponse reply) {
        RawResponse answer = new RawResponse(reply.status(), reply.headers(), java.io.InputStream.nullInputStream());
        Instant now = Instant.now();
        long seconds = Math.max(1, Limits.duration(answer, now).toSeconds());
        return Failure.unreachable(
                tried + "GitHub allows no more for now: " + Limits.kind(answer),
                "run this again in " + (seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes")
                        + ", or with another account's token");
    }

    private static Failure trouble(String tried, JsonResponse reply) {
        return reply.status() >= 500
                ? Failure.unreachable(
                        tried + "GitHub answers " + reply.status() + ", over and over",
                        "it has trouble (https://www.githubstatus.com): run this again later")
                : new Failure(
                        ExitCode.UNREACHABLE,
                        tried + "GitHub answers " + reply.status() + " (" + said(reply) + ")",
                        "check the server's address and the proxy");
    }

    private static boolean isLimit(JsonResponse reply) {
        RawResponse answer = new RawResponse(reply.status(), reply.headers(), java.io.InputStream.nullInputStream());
        return Limits.isLimit(answer, reply.message());
    }

    private static String tokenOf(Context context) {
        return context.token().map(Credential::toString).orElse("no token");
    }

    private static RefusalKind kind(Context context) {
        return context.token().map(RefusalKind::of).orElse(RefusalKind.CLASSIC);
    }

    private static Optional<String> scopesOf(JsonResponse reply) {
        return reply.headers()
                .firstValue("X-OAuth-Scopes")
                .map(scopes -> scopes.isBlank() ? "no scope" : "the scopes " + SafeText.of(scopes, 200));
    }

    private static boolean hasScope(JsonResponse reply, String scope) {
        return Arrays.stream(
                        reply.headers().firstValue("X-OAuth-Scopes").orElse("").split(","))
                .anyMatch(has -> has.strip().equals(scope));
    }

    private static String said(JsonResponse reply) {
        return reply.message().isBlank() ? "status " + reply.status() : SafeText.of(reply.message(), 300);
    }

    private static String details(JsonResponse reply) {
        List<String> details = new ArrayList<>();
        for (JsonNode error : reply.json().path("errors")) {
            String text = error.isTextual()
                    ? error.asText()
                    : error.path("message")
                            .asText(error.path("field").asText() + " "
                                    + error.path("code").asText());
            details.add(SafeText.of(text, 200));
        }
        return details.isEmpty() ? "" : details.stream().collect(Collectors.joining("; ", " (", ")"));
    }
}
