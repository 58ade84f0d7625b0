/**
 * The runner's face. A runner starts the program in a container, as root, with its inputs in the environment: once to
 * restore, and once more when the job ends, to save. What a runner shares with such a container, and what not, shapes
 * this package; most of all that the runner's {@code ~/.claude} is not among it ({@link
 * dev.sessionrelay.action.RunnerHome}).
 *
 * <p>All that is said goes to standard output, where the runner looks for its commands. So whatever comes from a session
 * is printed with commands switched off ({@link dev.sessionrelay.action.WorkflowCommands}).
 */
@NullMarked
package dev.sessionrelay.action;

import org.jspecify.annotations.NullMarked;
