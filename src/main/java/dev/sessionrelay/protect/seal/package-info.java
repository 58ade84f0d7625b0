/**
 * Sealing: a bundle becomes a bundle of age files that only its recipients can read, and back. The files are standard
 * ones, which {@code age -d} opens as well.
 *
 * <p>The format and the recipients of age itself are the library's; those that are SSH keys are ours, on its
 * interfaces.
 */
@NullMarked
package dev.sessionrelay.protect.seal;

import org.jspecify.annotations.NullMarked;
