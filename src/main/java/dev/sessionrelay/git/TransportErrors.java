package dev.sessionrelay.git;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * What goes wrong on the way to a repository, as people meet it.
 *
 * @param name the repository
 */
record TransportErrors(String name, URI url, boolean hasToken, String proxy) {
    private static final String UNCHANGED = ": nothing was changed";
    private static final String WHERE_TOKENS_GO =
            "A token goes only to the server that it is for: to GitHub (GITHUB_SERVER_URL, GH_HOST), and"
                    + " SESSION_RELAY_TOKEN to the server that --store or --repository (input repository) names";

    private static final String PERMISSIONS =
            "in a workflow, the job needs `permissions: contents: write`; elsewhere a token that may write the contents"
                    + " of this repository";

    Failure of(HttpRefusal refusal, boolean writing) {
        String said = refusal.text().isEmpty() ? "" : " (\"" + refusal.text() + "\")";
        return switch (refusal.status()) {
            case 401 ->
                hasToken
                        ? Failure.notAllowed(
                                name + " does not accept the token" + said,
                                "give a token that is valid and not expired, in SESSION_RELAY_TOKEN or GITHUB_TOKEN")
                        : Failure.notAllowed(
                                name + " asks for a token, and there is none" + said,
                                "set SESSION_RELAY_TOKEN (or GITHUB_TOKEN, GH_TOKEN) to one that may "
                                        + (writing ? "write" : "read") + " it. " + WHERE_TOKENS_GO);
            case 403 -> forbidden(refusal.text(), said, writing);
            case 404, 410 ->
                Failure.notAllowed(
                        name + " is not there, or it is private and this token may not see it" + said,
                        hasToken
                                ? "check the name, and that the token is for this repository"
                                : "check the name; for a private one, set SESSION_RELAY_TOKEN or GITHUB_TOKEN. "
                                        + WHERE_TOKENS_GO);
            case 407 ->
                Failure.notAllowed(
                        "the proxy " + proxy + " asks for a login",
                        "put it into HTTPS_PROXY, as in http://user:password@host:port");
            case 413 ->
                Failure.badInput(
                        name + " refuses a push of this size (HTTP 413)",
                        "raise the server's limit (nginx: client_max_body_size), or keep this session in another"
                                + " store");
            case 301, 302, 303, 307, 308 ->
                Failure.notAllowed(
                        name + " sends to another place: " + refusal.text(),
                        "name that place with --repository, if it is yours: a token never follows on its own");
            default ->
                refusal.isPassing()
                        ? Failure.unreachable(
                                name + " answered HTTP " + refusal.status() + " again and again" + said,
                                "try again later" + UNCHANGED)
                        : Failure.unreachable(
                                name + " answered HTTP " + refusal.status() + said,
                                "check the address: it has to be that of a git repository");
        };
    }

    private Failure forbidden(String text, String said, boolean writing) {
        if (text.contains("not granted")) {
            return Failure.notAllowed(
                    "this token may read " + name + " but not write to it" + said,
                    PERMISSIONS + ". A run for a pull request from a fork has a token that can only read: save"
                            + " elsewhere there");
        }
        if (text.contains("denied to")) {
            return Failure.notAllowed(
                    "the user of this token may not write to " + name + said,
                    "use another token, or ask for write access; " + PERMISSIONS);
        }
        if (text.contains("rate limit") || text.contains("abuse")) {
            return Failure.unreachable(name + " limits how often it answers" + said, "try again in some minutes");
        }
        return Failure.notAllowed(
                name + " forbids " + (writing ? "writing" : "reading") + " to this token" + said,
                writing ? PERMISSIONS : "use a token that may read the contents of this repository");
    }

    Failure of(ConnectionFailure broken) {
        IOException why = broken.why();
        String through = proxy.isEmpty() ? "" : " through the proxy " + proxy;
        String reason = SafeText.of(String.valueOf(why.getMessage()), 200);
        String host = proxy.isEmpty() ? String.valueOf(url.getHost()) : proxy;
        if (reason.contains("through proxy") || reason.contains("proxy returns")) {
            return failure(
                    "the proxy " + proxy + " does not let through to " + url.getHost() + " (" + reason + ")",
                    "check HTTPS_PROXY and its login; hosts to reach directly go into NO_PROXY",
                    broken);
        }
        return switch (why) {
            case UnknownHostException e ->
                failure(
                        "could not reach " + name + ": there is no host " + host,
                        "check the address, and whether this machine is online"
                                + (proxy.isEmpty() ? "; behind a proxy, set HTTPS_PROXY" : ""),
                        broken);
            case ConnectException e ->
                failure(
                        "could not reach " + name + through + ": the connection was refused (" + reason + ")",
                        "check the address and port, and that the server is up",
                        broken);
            case NoRouteToHostException e ->
                failure(
                        "could not reach " + name + through + ": there is no way to its host (" + reason + ")",
                        "check this machine's network",
                        broken);
            case SSLException e ->
                failure(
                        "could not trust the connection to " + name + through + ": "
                                + (reason.contains("PKIX")
                                        ? "nobody that this machine knows vouches for its certificate"
                                        : reason),
                        "for a server with its own certificate authority, give Java its certificate:"
                                + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=<file>",
                        broken);
            case SocketTimeoutException e ->
                failure(
                        name + through + " did not answer in time (" + reason + ")",
                        "try again; SESSION_RELAY_TIMEOUT=<seconds> waits longer" + UNCHANGED,
                        broken);
            case PacketReader.NotGit e ->
                failure(
                        "what answers at " + url + through + " is no git server: " + reason,
                        "check the address: it has to be that of a git repository",
                        broken);
            default ->
                failure(
                        "the connection to " + name + through + " broke (" + reason + ")",
                        "try again: what was there before is there unchanged",
                        broken);
        };
    }

    private static Failure failure(String what, String next, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, what, next, cause);
    }
}
