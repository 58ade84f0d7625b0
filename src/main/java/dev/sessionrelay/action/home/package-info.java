/**
 * How the action's container reaches the config folder of the job's Claude Code: shared by the runner, or on the host
 * through the Docker engine. The runner's {@code ~/.claude} is not among what it shares.
 */
@NullMarked
package dev.sessionrelay.action.home;

import org.jspecify.annotations.NullMarked;
