/**
 * A GitHub runner in the small: starts the built image as the runner starts a container action, with its mounts, its
 * environment, its translation of paths, its file commands, its users and its way of cancelling, and keeps what the
 * steps said to the job. What is imitated here is named after the runner's own words.
 *
 * <p>{@link dev.sessionrelay.harness.Runner} is the machine, {@link dev.sessionrelay.harness.RunnerJob} one job on it,
 * written as a workflow is:
 *
 * <pre>{@code
 * try (var job = runner.job(Event.pullRequest(12))) {
 *     job.step("memory").uses(".").with("store", "folder:/github/workspace/.sessions").run();
 *     job.step("claude").shell("claude ${{ steps.memory.outputs.claude-args }} -p 'go on'").run();
 *     var posts = job.end();
 * }
 * }</pre>
 */
package dev.sessionrelay.harness;
