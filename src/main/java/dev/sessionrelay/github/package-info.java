/**
 * The connection to GitHub. A {@link dev.sessionrelay.github.Transport} sends one call; what is the same for all calls
 * wraps it: {@link dev.sessionrelay.github.Redirects}, {@link dev.sessionrelay.github.Retrying},
 * {@link dev.sessionrelay.github.Limits}. {@link dev.sessionrelay.github.GitHub} is what the stores call; it gives JSON,
 * and what GitHub refuses becomes words in {@link dev.sessionrelay.github.Refusal}.
 *
 * <p>A call that creates something is never simply repeated when its answer was lost: it ends in
 * {@link dev.sessionrelay.github.LostAnswer}, and the caller looks whether the thing is there.
 */
@NullMarked
package dev.sessionrelay.github;

import org.jspecify.annotations.NullMarked;
