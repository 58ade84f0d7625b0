/**
 * Sessions as assets of a draft release, for repositories that the public can read: a draft is shown only to those who
 * may push. Tags, names and archives are those of the scripts claude-session-sync.sh and claude-session-restore.sh, so
 * that either reads what the other wrote.
 *
 * <p>Releases know no compare-and-swap, but an asset's name is given only once in a release. So each save is decided by
 * one small asset, the {@link dev.sessionrelay.store.release.SaveRecord}, that is named by its number and the mark of
 * the save that it was made from: of two writers that start from the same state, the second is refused the name. What
 * else a save needs is uploaded before, under names that nobody else uses, and gets its well-known names afterwards;
 * what it replaces is removed last, and archives only when nobody can still be reading them.
 */
@NullMarked
package dev.sessionrelay.store.release;

import org.jspecify.annotations.NullMarked;
