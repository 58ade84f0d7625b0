/**
 * The connection to GitHub. A {@link dev.sessionrelay.github.Transport} sends one call; what is the same for all calls
 * wraps it: {@link dev.sessionrelay.github.HttpTransport} is the network, with proxies, timeouts and the token,
 * {@link dev.sessionrelay.github.Redirects} follows what was moved, and {@link dev.sessionrelay.github.Retrying} sends
 * again what failed, and waits as {@link dev.sessionrelay.github.Limits} reads GitHub's limits.
 *
 * <p>On this chain stand {@link dev.sessionrelay.github.Typed}, which is github-api on our
 * {@link dev.sessionrelay.github.Connector}, and {@link dev.sessionrelay.github.GitHub} itself for what the library
 * cannot do: payloads as streams, names of assets, revisions of gists, artifacts with the run that left them, the
 * graph. What GitHub refuses becomes words in {@link dev.sessionrelay.github.Refusal}; the library sees none of it.
 * Why the one and why the other is told in {@code docs/design/decisions/github-client.md}.
 *
 * <p>A call that creates something is never simply repeated when its answer was lost: it ends in
 * {@link dev.sessionrelay.github.UnknownOutcome}, and the caller looks whether the thing is there.
 *
 * <p>What a call costs at most when it fails, in requests; nothing above the chain repeats it, nor does the library:
 *
 * <table>
 * <caption>Requests of one call</caption>
 * <tr><th>What goes wrong</th><th>may be repeated</th><th>may not</th></tr>
 * <tr><td>no connection is made</td><td>5</td><td>5</td></tr>
 * <tr><td>reset, no answer, 5xx, an answer that breaks off</td><td>5</td><td>1</td></tr>
 * <tr><td>GitHub asks to wait, 90 seconds in all</td><td>5 more</td><td>5 more</td></tr>
 * <tr><td>any other refusal</td><td>1</td><td>1</td></tr>
 * </table>
 *
 * <p>Each of these may be redirected up to 5 times, as every download is once.
 */
@NullMarked
package dev.sessionrelay.github;

import org.jspecify.annotations.NullMarked;
