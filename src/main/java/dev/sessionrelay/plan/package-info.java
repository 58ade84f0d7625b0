/**
 * The plan header: a block in the body of an issue or pull request in which erk keeps what is known of a plan, and
 * with it where the plan's last session lies. {@link dev.sessionrelay.plan.PlanBody} is the text,
 * {@link dev.sessionrelay.plan.Plans} the issues on GitHub that it stands in.
 *
 * <p>The block is not ours. Everything outside of it stays as it is, byte by byte, and inside every field that is not
 * set keeps its place and its spelling, known or not; no field of our own is added, since erk refuses fields it does
 * not know.
 */
@NullMarked
package dev.sessionrelay.plan;

import org.jspecify.annotations.NullMarked;
