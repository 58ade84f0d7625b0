/** A checkout as it lies on disk, read without git: where it was cloned from, its branch, and which files git keeps. */
@NullMarked
package dev.sessionrelay.git.checkout;

import org.jspecify.annotations.NullMarked;
