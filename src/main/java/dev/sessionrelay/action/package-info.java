/**
 * The runner's face. A runner starts the program in a container, as root: once to restore, and once more when the job
 * ends, to save. {@link dev.sessionrelay.action.runner} is what the runner hands over and takes; how this container
 * reaches the files of the job's Claude Code is {@link dev.sessionrelay.action.home}.
 *
 * <p>All that is reported goes to standard output, where the runner looks for its commands. So whatever comes from a
 * session is printed with commands switched off ({@link dev.sessionrelay.action.runner.WorkflowCommands}).
 */
@NullMarked
package dev.sessionrelay.action;

import org.jspecify.annotations.NullMarked;
